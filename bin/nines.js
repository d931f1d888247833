#!/usr/bin/env node
'use strict';
// A short run spends much of its time on compiling our own code. V8 can keep what it has compiled: the first run of each command writes it into this
// package, later ones read it. Whatever does not fit (another node, a changed bundle, a folder that cannot be written) is compiled as ever.
const { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { basename, dirname, join, resolve } = require('node:path');
const { Script } = require('node:vm');

const bundles = resolve(__dirname, '../dist/cli');
/** Smaller files are compiled faster than what was kept of them is read. */
const least = 50_000;

/** How the program was called: which functions a run needs depends on its options, and on what is in the files that it reads. */
const way = process.argv
  .slice(2)
  .map((argument) => (argument.startsWith('-') ? argument.replace(/=.*/s, '') : basename(argument).slice(-40)))
  .sort()
  .join(' ');
/** Runs of each way that add what they compiled. */
const learning = 3;
/** Bytes in front of what was kept: the label of the source and the ways of running it. */
const headerLength = 4096;

/** Loads the bundles of commands with what V8 has kept of them. NODE_DISABLE_COMPILE_CACHE=1 turns it off, as it does node's own cache. */
function install() {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) return;
  const load = require.extensions['.js'];
  require.extensions['.js'] = (module, path) => {
    if (dirname(path) !== bundles) return load(module, path);
    // The build writes ASCII, which needs no decoding.
    const source = readFileSync(path, 'latin1');
    if (source.length < least) return load(module, path);
    const label = labelOf(path, source);
    const file = join(bundles, '.compiled', `${basename(path)}-${process.version}-${process.arch}`);
    const kept = read(file, label);
    const script = new Script(wrap(source), { filename: path, ...(kept ? { cachedData: kept.code } : {}) });
    const ways = kept && !script.cachedDataRejected ? kept.ways : [];
    // When all that a run needs has been compiled. Another way of running needs more, and so may another input; what was there is kept with it.
    if (ways.filter((known) => known === way).length < learning) process.once('exit', () => write(file, label, [...ways, way], script));
    script.runInThisContext().call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
  };
}

/**
 * V8 compares only the length of the source. So in front of what was kept stands when the source was written and how it ends: with the digest that the
 * build puts there, since files of a package may all have one time. Nothing is hashed in a run: loading a library for that takes longer than it saves.
 */
function labelOf(path, source) {
  return `${statSync(path).mtimeMs} ${source.slice(-80)}`;
}

/** What was kept of a source with that label, and of which ways of running it. */
function read(file, label) {
  try {
    const content = readFileSync(file);
    const header = JSON.parse(content.toString('utf8', 0, headerLength));
    return header.label === label ? { ways: header.ways, code: content.subarray(headerLength) } : null;
  } catch {
    // Not there yet, not readable, or nothing that this has written.
    return null;
  }
}

/** Under its name only when it is whole, since another process may be reading. */
function write(file, label, ways, script) {
  const text = Buffer.from(JSON.stringify({ label, ways }));
  if (text.length > headerLength) return;
  const header = Buffer.alloc(headerLength, ' ');
  text.copy(header);
  const own = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Before the work: most installations cannot be written to by those who use them.
    const opened = openSync(own, 'wx');
    writeSync(opened, Buffer.concat([header, script.createCachedData()]));
    closeSync(opened);
    renameSync(own, file);
  } catch {
    // A package that cannot be written to works without.
  }
}

install();
require('../dist/cli/process.js').main();
