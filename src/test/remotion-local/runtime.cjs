// What Lambda's Node.js runtime is to a function: runs /var/task/index.js once, for the event that environment.mjs sends.
'use strict';
const fs = require('node:fs');
const {Writable} = require('node:stream');
const {finished} = require('node:stream/promises');

// The function empties /tmp. Only the private /tmp of sandbox.sh holds this token.
const token = fs.existsSync('/tmp/.sandbox') && fs.readFileSync('/tmp/.sandbox', 'utf8');
if (process.pid !== 1 || !process.send || !token || token !== process.env.SANDBOX_TOKEN) {
  console.error('runtime.cjs: /tmp is not that of a sandbox; refusing to run the function');
  process.exit(98);
}
Object.keys(process.env)
  .filter((name) => name.startsWith('SANDBOX_'))
  .forEach((name) => delete process.env[name]);

const describe = (error) => ({
  errorType: error?.name ?? typeof error,
  errorMessage: error?.message ?? String(error),
  trace: String(error?.stack ?? error).split('\n'),
});
const fatal = (errorType) => (error) => {
  console.error(errorType, error);
  process.send({kind: 'end', error: {...describe(error), errorType}});
};
process.on('uncaughtException', fatal('Runtime.UncaughtException'));
process.on('unhandledRejection', fatal('Runtime.UnhandledPromiseRejection'));
process.on('disconnect', () => process.exit());

const answer = () => {
  const stream = new Writable({write: (chunk, _, done) => process.send({kind: 'chunk', chunk}, done)});
  stream.setContentType = () => {};
  return stream;
};

globalThis.awslambda = {streamifyResponse: (handler) => handler};
const {handler} = require('/var/task/index.js');

process.once('message', async ({event, context, deadline}) => {
  const stream = answer();
  try {
    const getRemainingTimeInMillis = () => Math.max(0, deadline - Date.now());
    await handler(JSON.parse(Buffer.from(event)), stream, {...context, getRemainingTimeInMillis});
    stream.end();
    await finished(stream);
    process.send({kind: 'end', error: null});
  } catch (error) {
    process.send({kind: 'end', error: describe(error)});
  }
});
process.send({kind: 'ready'});
