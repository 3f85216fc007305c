// The part of Lambda's HTTP interface that the function and its caller use, and the test site.
//   POST /2015-03-31/functions/NAME/invocations                      Invoke: RequestResponse or Event
//   POST /2021-11-15/functions/NAME/response-streaming-invocations   InvokeWithResponseStream
//   GET  /site/...
// Checks no signature: it listens on loopback, and the function is its own caller.
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {buffer} from 'node:stream/consumers';
import {invokeComplete, payloadChunk} from './eventstream.mjs';

const INVOCATION = /^\/[\d-]+\/functions\/([^/]+)\/(invocations|response-streaming-invocations)$/;
const CONTENT_TYPES = {'.html': 'text/html', '.js': 'text/javascript'};

export function lambdaServer(functionName, environments, site) {
  async function handle(request, response) {
    const {pathname} = new URL(request.url, 'http://localhost');
    if (pathname.startsWith('/site/')) {
      return sendFile(path.join(site, pathname.slice('/site/'.length)), response);
    }
    response.setHeader('x-amzn-RequestId', crypto.randomUUID());
    const [, name, operation] = INVOCATION.exec(pathname) ?? [];
    if (request.method !== 'POST' || name !== functionName) {
      return notFound(`Function not found: ${pathname}`, response);
    }
    const event = await buffer(request);
    if (operation === 'response-streaming-invocations') {
      return stream(environments, event, response);
    }
    return request.headers['x-amz-invocation-type'] === 'Event'
      ? launch(environments, event, response)
      : answer(environments, event, response);
  }
  return http.createServer((request, response) => handle(request, response).catch(() => response.destroy()));
}

function sendFile(file, response) {
  if (!fs.statSync(file, {throwIfNoEntry: false})?.isFile()) {
    return response.writeHead(404).end();
  }
  response.writeHead(200, {'Content-Type': CONTENT_TYPES[path.extname(file)] ?? 'application/octet-stream'});
  return fs.createReadStream(file).pipe(response);
}

function notFound(message, response) {
  response.writeHead(404, {'Content-Type': 'application/json', 'x-amzn-ErrorType': 'ResourceNotFoundException'});
  response.end(JSON.stringify({Type: 'User', Message: message}));
}

function launch(environments, event, response) {
  // Lambda would try a failed event again; Remotion deploys its function with no such retries.
  environments.invoke(event, () => {});
  response.writeHead(202).end();
}

async function answer(environments, event, response) {
  const chunks = [];
  const error = await environments.invoke(event, (chunk) => chunks.push(chunk));
  if (error) {
    response.setHeader('X-Amz-Function-Error', 'Unhandled');
  }
  response.writeHead(200, {'Content-Type': error ? 'application/json' : 'application/octet-stream'});
  response.end(error ? JSON.stringify(error) : Buffer.concat(chunks));
}

async function stream(environments, event, response) {
  response.writeHead(200, {'Content-Type': 'application/vnd.amazon.eventstream'});
  response.flushHeaders();
  const error = await environments.invoke(event, (chunk) => response.write(payloadChunk(chunk)));
  response.end(invokeComplete(error));
}
