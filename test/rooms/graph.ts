import { room } from './room';

room('graph');
