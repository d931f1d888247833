// A file of its own in the package: few arguments are patterns, and what reads these takes long to load.
export { globSync, isDynamicPattern } from 'tinyglobby';
