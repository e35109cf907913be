const Sequencer = require('@jest/test-sequencer').default;

/** The rooms that take longest: begun last, one of them would keep one worker waiting for the other. */
const long = ['cli', 'others', 'constructs', 'tree', 'report'];

/** Where jest has run before it knows by itself; a machine of a CI has never. */
module.exports = class extends Sequencer {
  sort(tests) {
    const place = ({ path }) => long.findIndex((room) => path.endsWith(`${room}.ts`)) + 1 || long.length + 1;
    return [...tests].sort((a, b) => place(a) - place(b));
  }
};
