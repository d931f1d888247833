import { agreeOnMany } from './agree-on-many';

// One file for each seed, so that they run side by side.
agreeOnMany(1);
