// Tells on the fourth descriptor how long all threads of this process have computed, whatever else the machine did.
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(3, String((user + system) / 1e6));
});
