#!/usr/bin/env node
require('./node-version');
require('../build/lib/cli/main');
