import { expect, test } from 'vitest';
import { attachmentText } from './attachments.ts';
import { str } from './fhir.ts';

const read = (text: string | Buffer, contentType = 'text/plain') =>
  attachmentText({ contentType, data: Buffer.from(text as string).toString('base64') });
const page = (body: string) => read(body, 'text/html');

test.each([
  ['windows-1252', 'Prednisone 4–6 mg'],
  ['iso-8859-1', 'Prednisone 4–6 mg'],
  ['"ISO-8859-1"', 'Prednisone 4–6 mg'],
])('an en dash of Windows stays one, whatever the text is said to be: %s', (charset, expected) => {
  expect(read(Buffer.from('Prednisone 4\x966 mg', 'latin1'), `text/plain; charset=${charset}`)).toBe(expected);
});

test('a charset that no table has is read as UTF-8', () => {
  expect(read('Größe 1,80 m', 'text/plain; charset=x-none')).toBe('Größe 1,80 m');
});

test.each([
  ['a page break', 'Potassium was 4\f2 refills', 'Potassium was 4\n2 refills'],
  ['a line break of a word processor', 'Warfarin 2\v5 tablets', 'Warfarin 2\n5 tablets'],
  ['a next line', 'Warfarin 2\u00855 tablets', 'Warfarin 2\n5 tablets'],
  ['a control', 'Warfarin 2\u00005 tablets', 'Warfarin 2 5 tablets'],
  ['a soft hyphen', 'Warfarin 2\u00ad5 tablets', 'Warfarin 2 5 tablets'],
])('two numbers stay two beside %s', (_, text, expected) => {
  expect(read(text)).toBe(expected);
});

test.each([
  ['2\u00965 mg daily', '2–5 mg daily'],
  ['5\u200b10 mg', '5 10 mg'],
  ['5\u0085\u008510 mg', '5……10 mg'],
  ['apix\u200baban', 'apixaban'],
  ['lisin\u00adopril\u200e', 'lisinopril'],
])('a name or a dose %j is %j', (text, expected) => {
  expect(str(text)).toBe(expected);
});

test('what a reader of a page does not see is not said', () => {
  expect(page('<p style="display:none">She takes warfarin.</p><p hidden>Or apixaban.</p>Takes nothing.')).toBe('Takes nothing.');
  expect(page('<!-- a > b: She has an allergy. -->None known.')).toBe('None known.');
  expect(page('<head><title>Warfarin</title></head><body>None.<script>var x = "clozapine"</script><style>p { color: red }</style>')).toBe(
    'None.',
  );
  expect(page('<select><option>Yes</option><option selected>No</option></select>')).toBe('No');
});

test('what is struck out is marked and not said', () => {
  expect(page('<p>Allergies: <del>penicillin <b>anaphylaxis</b></del> none.</p>')).toBe('Allergies: [struck out] none.');
  expect(page('apixaban <s>5</s> 2.5 mg')).toBe('apixaban [struck out] 2.5 mg');
  expect(page('apixaban <span style="text-decoration: line-through">5</span> 2.5 mg')).toBe('apixaban [struck out] 2.5 mg');
});

test('a page whose style sheet hides or strikes something is not read', () => {
  expect(page('<style>.old { display: none }</style><p class="old">Takes warfarin.</p>')).toBeUndefined();
  expect(page('<style>.old { text-decoration: line-through }</style><p class="old">Takes warfarin.</p>')).toBeUndefined();
});

test('numbers and words are as the page shows them', () => {
  expect(page('Metoprolol 12<b>.5</b> mg')).toBe('Metoprolol 12.5 mg');
  expect(page('0&#46;125 mg, 2&#8211;4 tablets, &frac12; tablet, WBC &lt; 5, temp &gt; 39&nbsp;C, 5&nbsp;&micro;g')).toBe(
    '0.125 mg, 2–4 tablets, ½ tablet, WBC < 5, temp > 39 C, 5 µg',
  );
  expect(page('Platelets 10<sup>9</sup>/L')).toBe('Platelets 10^9/L');
  expect(page('<table><tr><td>4</td><td>2</td></tr><tr><td>5</td></tr></table>')).toBe('4 2\n 5');
  expect(page('<ul><li>One<li>Two</ul>Three<br>Four')).toBe('One\nTwo\nThree\nFour');
  expect(page('<input type="checkbox" checked> Penicillin <input type="checkbox"> Latex')).toBe('[x] Penicillin [ ] Latex');
});

test('a document of XML is read by its elements', () => {
  const text = '<section><title>Allergies</title><text><list><item>Penicillin &amp; latex</item></list></text></section>';
  expect(read(text, 'application/xml')).toBe('Allergies\nPenicillin & latex');
});

test('markup that is longer than a megabyte is not read, and none of it is taken for the whole', () => {
  expect(page(`<p>${'<b></b>'.repeat(160_000)}None.</p>`)).toBeUndefined();
});
