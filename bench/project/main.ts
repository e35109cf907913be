import { fleet } from './fleet';
import { wanted } from './shape';

fleet(wanted, process.env.FLEET_CHECK === 'false' ? { check: false } : {}).synth();
