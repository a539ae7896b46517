// Runs commands of tools one after another in this process, which keeps the modules that they share.
//
// Reads lines of JSON: the tool's file, its arguments and its folder. Answers each with its exit status and output. Loading
// the modules takes a second for each tool, which is most of the time of a short command.

const { readSync } = require('node:fs');
const { pathToFileURL } = require('node:url');

const answer = process.stdout.write.bind(process.stdout);
const exit = process.exit.bind(process);
let output = '';
let running = false;
let number = 0;

class Exit extends Error {}

for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, ...rest) => {
    if (running) output += chunk;
    rest.findLast((each) => typeof each === 'function')?.();
    return true;
  };
}

function finish(code) {
  if (!running) return;
  running = false;
  answer(`${JSON.stringify([code ?? 0, output])}\n`);
}

function fail(error) {
  if (error instanceof Exit || !running) return;
  output += `${error?.stack ?? error}\n`;
  finish(1);
}

// What a command does after this is ignored.
process.exit = (code) => {
  finish(code ?? process.exitCode);
  throw new Exit();
};
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

function nextLine() {
  const bytes = [];
  const byte = Buffer.alloc(1);
  while (readSync(0, byte) && byte[0] !== 10) bytes.push(byte[0]);
  return Buffer.from(bytes).toString();
}

async function start(file, args, folder) {
  process.chdir(folder);
  process.argv = [process.argv0, file, ...args];
  process.exitCode = undefined;
  output = '';
  running = true;
  number += 1;
  // A command starts when its first module is loaded. yargs reads the arguments when it is loaded.
  for (const loaded of Object.keys(require.cache)) {
    if (loaded === file || loaded.includes('/node_modules/yargs/')) delete require.cache[loaded];
  }
  // The promise of an import does not keep the process alive.
  const loading = setInterval(() => {}, 1000);
  try {
    if (file.includes('/esm/')) await import(`${pathToFileURL(file)}?${number}`);
    else require(file);
  } finally {
    clearInterval(loading);
  }
}

// A command has ended when nothing is left to do.
process.on('beforeExit', () => {
  finish(process.exitCode);
  const line = nextLine();
  if (!line) exit(0);
  setImmediate(start, ...JSON.parse(line));
});
