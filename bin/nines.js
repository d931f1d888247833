#!/usr/bin/env node
'use strict';
require('./code-cache.js').install();
require('../dist/cli/process.js').main();
