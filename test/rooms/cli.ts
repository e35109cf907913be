import { room } from './room';

room('cli');
