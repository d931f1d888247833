#!/usr/bin/env node
'use strict';
require('../dist/cli/process.js').main();
