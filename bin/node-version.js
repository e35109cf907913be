// Loaded before all else that runs on Node, and in syntax that every Node reads: of one that is too old it says so, where the rest would
// only fail. package.json says the same to npm (engines).
var version = process.versions.node.split('.').map(Number);
// require() of ES modules came with 22.12, and to 20 with 20.19.
var needed = version[0] > 20 ? [22, 12] : [20, 19];
if (version[0] < needed[0] || (version[0] === needed[0] && version[1] < needed[1])) {
  console.error(`error: espalier needs Node ≥ ${needed.join('.')}, this is ${version.slice(0, 2).join('.')}.`);
  process.exit(2);
}
