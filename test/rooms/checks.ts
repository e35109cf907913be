import { room } from './room';

room('checks');
