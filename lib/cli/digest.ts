/** SHA-256 in hexadecimal. The library is loaded by the first who asks: that takes longer than reading a spec, and most answers show no digest. */
export function sha256(content: string | Uint8Array): string {
  const { createHash } = require('node:crypto') as typeof import('node:crypto');
  return createHash('sha256').update(content).digest('hex');
}
