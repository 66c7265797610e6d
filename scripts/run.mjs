// Entry of every npm script: `node scripts/run.mjs <task> [arguments]`. Old syntax only, so that an old Node can read it and say why it stops.
var version = process.versions.node.split('.').map(Number);
var major = version[0];
var minor = version[1];
// "engines" of package.json: what the pinned dependencies accept.
var accepted = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;

if (accepted) {
  import('./launch.mjs').then((module) => module.launch(process.argv.slice(2)));
} else {
  console.error(`Rounds needs Node 20.19, 22.12, 24 or newer; this is Node ${process.versions.node} (${process.execPath}).`);
  process.exit(1);
}
