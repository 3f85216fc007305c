// AWS's event stream encoding (application/vnd.amazon.eventstream), as InvokeWithResponseStream answers in it.
import zlib from 'node:zlib';

const STRING = 7;

export const payloadChunk = (bytes) => message('PayloadChunk', 'application/octet-stream', bytes);

export const invokeComplete = (error) =>
  message(
    'InvokeComplete',
    'application/json',
    Buffer.from(JSON.stringify(error ? {ErrorCode: 'Unhandled', ErrorDetails: JSON.stringify(error)} : {})),
  );

// Length of all, length of the headers, checksum of both; headers; payload; checksum of everything before.
function message(eventType, contentType, payload) {
  const headers = Buffer.concat([
    header(':event-type', eventType),
    header(':content-type', contentType),
    header(':message-type', 'event'),
  ]);
  const lengths = Buffer.concat([uint32(16 + headers.length + payload.length), uint32(headers.length)]);
  const unsealed = Buffer.concat([lengths, uint32(zlib.crc32(lengths)), headers, payload]);
  return Buffer.concat([unsealed, uint32(zlib.crc32(unsealed))]);
}

function header(name, value) {
  return Buffer.concat([Buffer.of(name.length), Buffer.from(name), Buffer.of(STRING, 0, value.length), Buffer.from(value)]);
}

function uint32(number) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}
