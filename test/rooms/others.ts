import { otherRooms } from './room';

otherRooms();
