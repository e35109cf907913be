// The espalier command of this checkout. Installs first, so that `npm start` needs nothing else; asks for a Node that can before that.
import './install.cjs';

import('./command.mjs');
