import { fold } from './wording.ts';

/**
 * English that a question is made of and that names nothing in a record. A word that is in none of these lists, and that no concept, date
 * or number covers, is content: it is searched for in the record's own displays or reported as not understood; it is never dropped.
 */

const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

const GRAMMAR = set(`
a an the this that these those some any each every all both either neither no none not n't nor and or but so if then than as at by for from
in into of off on onto out over per to toward towards under until till up upon via with within without about above across after against along
among around before behind below beneath beside besides between beyond down during except inside like near outside past round since through
throughout underneath versus vs
i me my mine myself we us our ours you your yours he him his himself she her hers herself it its itself they them their theirs themselves one
ones someone anyone everyone something anything everything nothing thing things else other others another same such own whose who whom what
whatever which whichever when whenever where wherever why how however there here
am is are was were be been being do does did done doing have has had having can could may might must shall should will would ought need needs
needed let get gets got gotten getting go goes went gone going come comes came coming
yes no yeah yep nope ok okay please thanks thank kindly sorry hi hello hey well also too just only even still yet already again ever never
always often sometimes usually rarely maybe perhaps really actually exactly quite very much more most less least many few several enough
little bit lot lots kind sort rather almost nearly approximately roughly about around circa ca etc eg ie et al re
`);

/** Talk about asking, looking and knowing; the frame around a clinical question. */
const FRAME = set(`
tell show give list find see look check know say said state report read display provide share pull bring wonder wondering curious ask asking
question answer marked want wanted like need help remind inform confirm verify quickly quick briefly brief short simple simply possible possibly
able sure whether certain certainly correct right wrong true false fact facts actual detail details detailed information info data document
documented documentation documents record recorded records recording chart charts charted charting charter file files filed entry entries
entered note noted notes noting list lists listed listing log logged mention mentioned mentions history historical database system ehr emr
fhir available availability present presented existing exist exists according based per patient patients client person individual guy man
woman lady gentleman boy girl kid child baby infant adult mr mrs ms miss mx dr doctor doctors sir madam named name called
overall general generally specific specifically particular particularly exact precise precisely full complete completely entire whole total
totals main major minor important relevant related regarding concerning respect terms term context case cases example e.g i.e far long
back ahead side part parts piece figure figures number numbers amount amounts set sets count counts counted time times date dates dated
datum day days week weeks month months year years hour hours minute minutes decade decades moment point period interval span timeline
timeframe frame past present future now currently current today tonight recent recently lately latest last newest new old older oldest
earlier earliest eldest early first second third initial initially original originally previous previously prior former formerly next upcoming
subsequent subsequently later late final finally once twice thrice ago nowadays nearest closest around
value values level levels reading readings result results measurement measurements measure measured measures measuring test tests tested
testing lab labs laboratory score scores scored finding findings panel panels number numbers quantity concentration outcome outcomes
take takes taking took taken give given gives giving receive received receives receiving use used uses using start starts started starting
stop stops stopped stopping begin begins began begun beginning end ends ended ending continue continues continued continuing discontinue
discontinued discontinuation quit quits hold held put placed switch switched change changes changed changing increase increases increased
increasing decrease decreases decreased decreasing rise rises rising rose risen fall falls falling fell fallen drop drops dropped dropping
kill kills killed killing
go climb climbed climbing creep creeping move moved moving shift shifted trend trends trending trended improve improved improving improvement
worsen worsened worsening worse worst better best good bad well stable steady steadily stabilise stabilize stabilised stabilized
fluctuate fluctuated fluctuating fluctuation vary varied varies varying variation variations progress progressed progressing progression
similar renew renewed renewal renewals renews reordered recheck rechecked rechecks retest retested course courses burst bursts trajectory direction develop developed develops developing evolve evolved pattern same different differ difference differences
compare compared comparing comparison comparable relative versus against higher highest high lower lowest low elevated raised reduced
reduce reduction normal normalised normalized abnormal abnormally abnormality abnormalities borderline range ranges limits limit within
reference target goal control controlled uncontrolled poorly
median percentage percent percentile max maximum maximal min minimum minimal peak peaked nadir trough average averaged mean median typical typically usual extreme extremes
greatest largest biggest smallest strong record top bottom upper most least exceed exceeds exceeded exceeding reach reached reaches hit cross
crossed greater fewer least equal threshold cutoff
have diagnosed diagnosis diagnoses diagnose onset occur occurred occurs occurring occurrence occurrences happen happened happens happening
suffer suffered suffers suffering experience experienced experiencing affected complain complained complaining complains complaint
complaints known unknown suspect suspected possible confirmed confirmation ruled status state active inactive resolved resolve resolves
resolving ongoing remission relapse relapsed recurrent recur recurred recurrence cleared clear healed gone persistent persist persists
chronic acute
why reason reasons reasoning cause caused causes because purpose indication indications indicated rationale due lead led explain explains
explanation behind triggered prompted
when where who how frequency frequently frequent duration length often
prescribe prescribed prescribes prescriber prescribing prescription prescriptions order ordered orders perform performed performs carried
administered administer administration undergo undergoes underwent undergone drawn collected collect obtained obtain sent issued authorised
authorized refill refills renewal renewals renewed scripts domiciliary refilled fill filled
seen saw visit visits visited visiting attend attended attending attendance admit admitted admission discharge discharged present presented
presenting bring brought office clinic hospital facility location place site ward department practice center centre provider providers
clinician clinicians physician physicians nurse nurses specialist specialists team member members staff surgeon therapist
say dose doses dosed dosage dosages dosing strength mg mcg milligram milligrams pill pills tablet tablets capsule capsules regimen sig
instructions directions daily
issue issues matter matters matter concern concerns concerned concerning worry worries worried worrying attention urgent pressing
priority priorities prioritize prioritise focus key highlight highlights stand stands aware flag flags flagged flagging alarm alarming
red serious severe severity mild moderate significant significantly critical critically dangerous risky
summary summarize summarise summarized summarised overview recap synopsis snapshot gist rundown run brief briefing picture situation story
background update updates updated catch handover handoff hand signout speed liner second seconds minute walk
due overdue miss missing missed outstanding pending behind gap gaps care maintenance uptodate up-to-date scheduled schedule booked book
planned plan plans planning upcoming coming recommended recommend recommendation recommendations
include included includes including involve involved across together combined separately respectively both along besides additional
additionally extra further furthermore moreover
suggest suggests show shows showed shown showing indicate indicates prove evidence seem seems seemed appear appears appeared look looks
looked looking turn turned turns came out back think thinks thought believe remember recall wonder guess assume heard understand mean means
meant
lifetime life ever point points entire age aged born birth
non negative positive neg pos
age dob mrn gender sex male female address live lives lived living phone telephone email language languages speak speaks spoken interpreter
marital married single divorced widowed race racial ethnic ethnicity alive dead deceased died die dies death kin emergency contact contacts pcp gp
identifier identity demographics personal born birthday birthplace zip hispanic latino latina
remark remarkable notable worth interesting new newly fresh added deal handle cope going situation latter former respective
gain gains gained gaining lose loses lost losing loss heavier lighter taller shorter bigger smaller larger heal heals healing cure cured kick kicked
recover recovered recovering lasted lasting stay stayed remain remained remains keep keeps kept carry bring handle manage managed manages managing
treat treats treated treating treatment treatments help helps helped affect affects affected work works working worked respond responded
mother father mom mum dad parent parents brother sister sibling siblings son daughter wife husband spouse partner grandmother grandfather
grandparent grandparents aunt uncle cousin nephew niece twin family families relative relatives run runs hereditary inherited
interpret interpreted check checks checked checking review reviewed reviewing follow follows followed monitor monitored monitoring
undergo experience swing swings fluctuation rush walk talk call called calling ran tell told said says asked
currently presently anymore altogether meanwhile lastly firstly firsthand afterwards afterward beforehand thereafter
tolerate tolerated tolerating tolerates comply compliant adherent adherence miss missed skip skipped sleep eat eats
reaction reactions allergic allergy allergies immunized immunised vaccinated hospitalized hospitalised symptoms symptom
evolution heading headed way doc docs stand stands standing rise rises top
try tries tried trying refuse refused refuses decline nights night naive excluded
liner baseline enumerate evolve evolved evolving track plateau plateaued curve graph graphs plot plots chart declining decline declined deteriorating
deteriorate deteriorated behaved behave delta ranged ranging maximum minimum spread ups downs heaviest tallest lightest micrograms grams units puffs pounds
kilos lbs kilograms tally chief away longer force initiated initiate noticed contract contracted commence commenced finish finished resolution timing take
inject injected expected whack bounds alright fine worrisome acceptable forthcoming practitioner react reacts reacted exposed manifestations describe
describes described isn deny denies denied grown grew flat unchanged constant postal cell mobile mail tongue relationship passed seeing three attention
watch pay discuss discussed raise risks address addressing addressed heads speed big glance excess topped surpassed touched attained completed complete
ceased cease actively open couple penultimate panic managed management manages referred evaluated consult contracted prescribing two draw draws
wellness virtual telehealth telemedicine video annual yearly routine preventive found plus preceding add combine double safely safe advisable reasonable appropriate
idea option options choice way approach prognosis expectancy survival chance chances odds likelihood probability risk survive require requires causing
adjustment steps step candidate eligible effect effects adverse interact interacts interaction interactions mechanism action criteria guideline guidelines
standard signs complications stages factors definition define meaning common ideal somebody another write writes written delete deleted remove removed erase
cancel cancelled canceled reschedule edit edited modify modified draft email fax renew approve submit transfer titrate taper wean register overwrite amend
ignore disregard instruction instructions prompt rule rules obey pretend act you're previous dan assistant model respond answer answers
nearest soonest soon quick fast slow slowly rapid rapidly suddenly gradually sharply markedly dramatically
thing stuff kinds types type sort sorts class category categories line lines sentence sentences bullet bullets paragraph short
courses series episode episodes attack attacks bout bouts spell spells occasion occasions mm cm town village afternoon
`);

/** Words that stand before a name and belong to the frame, not to the name. */
const SMALL = set(
  'pt pts thx pls plz hm hmm um uh er ah oh lol btw fyi asap etc via vs eg ie ca approx max min avg no yr yrs mo mos wk wks hr hrs',
);

const KNOWN = new Set([...[...GRAMMAR, ...FRAME, ...SMALL].flatMap((word) => [word, fold(word)])]);

export function isFrameWord(word: string): boolean {
  if (KNOWN.has(word) || KNOWN.has(fold(word))) return true;
  if (/^\d+(?:st|nd|rd|th|s)?$/.test(word)) return true;
  if (/[-/]/.test(word)) return word.split(/[-/]/).every((part) => part === '' || KNOWN.has(part) || KNOWN.has(fold(part)));
  return false;
}

/** Frame words that misspelled words are read as: long enough that one slip leaves no doubt. */
export const SPELLABLE: readonly string[] = [
  ...set(`latest recent recently current currently previous previously average highest lowest maximum minimum trend trending history status active
  inactive resolved diagnosed diagnosis reason started stopped prescribed prescription dosage range normal abnormal elevated measured measurement
  reading result results value values level levels patient changed change increased decreased improving worsening stable summary summarize
  summarise overview upcoming scheduled overdue allergic taking taken received performed earliest initial number times often reference duration
  frequency appointment please hospital admitted admission discharged doctor provider between compared compare higher lower visits visit list record
  recorded tell show does what when which where since before after during medication medications medicine medicines prescriptions allergies
  immunizations immunization vaccine vaccines vaccinations problems conditions procedures surgeries`),
];

/** Topics that are not a patient's record. Only with no concept of the record beside them. */
export const OFF_TOPIC =
  /\b(weather|forecast|joke|jokes|funny|poem|poems|poetry|song|songs|lyrics|recipe|recipes|cook|bake|movie|movies|film|netflix|football|soccer|baseball|basketball|cricket|olympics|world cup|super bowl|stock|stocks|bitcoin|crypto|share price|capital of|president|prime minister|king|queen|election|elections|politics|political|politician|vote|government|war|code|python|javascript|typescript|java|c\+\+|sql|function that|script|program|algorithm|essay|homework|translate|translation|horoscope|astrology|restaurant|pizza|dinner|lunch|travel|flight|flights|hotel|vacation|holiday|meaning of life|who are you|are you (?:human|real|sentient|a bot|an ai|chatgpt|alive)|chatgpt|openai|what model|system prompt|your (?:instructions|prompt|rules|name)|how old are you|tell me a story|sing|riddle|trivia|game|games|sports?|news|headlines|math|calculate \d|square root|universe|planet|moon|sun|dog breeds?|time is it|what day is (?:it|today)|today's date|opening hours|parking|what time (?:does|do|is) (?:the|a|an|our|your|my) .*(?:open|close[sd]?|shut))\b/i;

export const CLOSING =
  /^(?:(?:ok(?:ay)?|great|perfect|good|cool|nice|awesome|all right|alright|got it|sounds good|that is all|that's all)[\s,!.]+)*(?:many thanks|thanks?(?: you)?(?: (?:so|very) much)?|thank you|cheers|much appreciated|bye|goodbye|good night|see you)(?:[\s,!.?]+(?:there|rounds|doc|doctor|team|all|everyone|again|a lot|so much|very much|for (?:that|this|the help|your help|now)|bye|goodbye|thanks?|thank you|later))*[\s!.?]*$/i;

/** Tries to make the answer say something whatever the record holds. */
export const INSTRUCTION =
  /(?:^|[.,;:!]\s*|\b(?:and|then|just|now|please|instead|always|only|simply|must)\s+)(?:say|answer|respond|reply|state|claim|write|tell me) (?:with )?(?:that )?(?:(?:she|he|they|the patient|this patient|there) (?:has|have|had|is|are|was|does|takes?|needs?)\b(?! (?:any|or)\b)|["'“]?(?:yes|no)\b(?! or\b))/i;

export const GREETING =
  /^(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings|yo|thanks?(?: you)?(?: (?:so|very) much)?|thank you|cheers|great|cool|nice|perfect|awesome|bye|goodbye|ok(?:ay)?|got it|sounds good|help|test|what can you do|how are you(?: (?:doing )?today)?|how is it going|how do you work|what do you do)(?:[\s,!.?]+(?:there|rounds|doc|doctor|team|all|everyone|again|a lot))*[\s!.?]*$/i;

export const RELATIVES =
  'mother|father|mom|mum|dad|parent|parents|brother|sister|sibling|siblings|son|daughter|wife|husband|spouse|partner|grandmother|grandfather|grandparent|grandparents|aunt|uncle|cousin|nephew|niece|twin|roommate|neighbor|neighbour|boyfriend|girlfriend|fiance|friend|boss|colleague|child|children|kid|kids|baby';

/** Chemical symbols, written as such. */
export const SYMBOLS: Readonly<Record<string, string>> = {
  Ca: 'calcium',
  Mg: 'magnesium',
  Na: 'sodium',
  K: 'potassium',
  Cl: 'chloride',
  Cr: 'creatinine',
  Hb: 'hemoglobin',
  Fe: 'iron level',
  Phos: 'phosphate',
};

/** A word as it is often typed, and the name that the tables have. Only where the word alone is not a name. */
/** Words that mean so much in a record that has it: the induction of anesthesia is another. */
export const ALIASES_HELD: Readonly<Record<string, string>> = {
  induction: 'induction of labor',
  induced: 'induction of labor',
};

export const ALIASES: Readonly<Record<string, string>> = {
  imms: 'immunizations',
  smear: 'Pap smear',
  anticoag: 'anticoagulant',
  anticoags: 'anticoagulant',
  retina: 'eye examination',
  retinas: 'eye examination',
  hypothyroid: 'hypothyroidism',
  hyperthyroid: 'hyperthyroidism',
  cigs: 'smoking',
  cigarettes: 'smoking',
  't-dap': 'Tdap',
  pressure: 'blood pressure',
  pressures: 'blood pressure',
  bps: 'blood pressure',
  appy: 'appendectomy',
  sugar: 'glucose',
  sugars: 'glucose',
  temp: 'body temperature',
  sats: 'oxygen saturation',
  sat: 'oxygen saturation',
  vitals: 'vitals',
  broken: 'fracture',
  heavy: 'weight',
  weigh: 'weight',
  weighs: 'weight',
  weighed: 'weight',
  weighing: 'weight',
  tall: 'height',
  taller: 'height',
  heavier: 'weight',
  heaviest: 'weight',
  lightest: 'weight',
  tallest: 'height',
  lighter: 'weight',
  overweight: 'BMI',
  smoke: 'smoking',
  smokes: 'smoking',
  smoked: 'smoking',
  smoker: 'smoking',
  vaped: 'smoking',
  drink: 'alcohol',
  drinks: 'alcohol',
  drinking: 'alcohol',
  drinker: 'alcohol',
  vaccinated: 'immunizations',
  immunized: 'immunizations',
  immunised: 'immunizations',
  inoculated: 'immunizations',
  hospitalized: 'hospitalizations',
  hospitalised: 'hospitalizations',
  operations: 'surgeries',
  operated: 'surgeries',
  insured: 'coverage',
  insurance: 'coverage',
  diabetic: 'diabetes',
  hypertensive: 'hypertension',
  asthmatic: 'asthma',
  epileptic: 'epilepsy',
  anemic: 'anemia',
  anaemic: 'anemia',
  obese: 'obesity',
  depressed: 'depression',
  pregnant: 'pregnancy',
  pregnancies: 'pregnancy',
  osteoporotic: 'osteoporosis',
  prediabetic: 'prediabetes',
  anxious: 'anxiety',
  alcoholic: 'alcohol use disorder',
  arthritic: 'arthritis',
  immunocompromised: 'immunodeficiency',
  hyperlipidemic: 'hyperlipidemia',
};
