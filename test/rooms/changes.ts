import { room } from './room';

room('changes');
