// The espalier command of this checkout. Installs first, so that `npm start` needs nothing else; asks for a Node that can before that.
import { install, installToRun } from './install.cjs';

if (process.argv[2] === 'synth') installToRun();
else install();
import('./command.mjs');
