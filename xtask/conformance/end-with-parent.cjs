// Loaded into Prism before its own code: ends it when the process that holds the other end of its
// standard input ends, in whatever way, so that no run leaves a server behind.
'use strict';
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
