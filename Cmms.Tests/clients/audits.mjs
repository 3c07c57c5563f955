// node audits.mjs http://127.0.0.1:5080/graphql [API key]
// All server audits of graphql-http (the reference suite of "GraphQL over HTTP"): MUST, SHOULD and MAY.
import { serverAudits } from 'graphql-http';

const [url, key] = process.argv.slice(2);
const fetchFn = (input, init = {}) => fetch(input, { ...init, headers: { ...init.headers, ...(key && { Authorization: `Bearer ${key}` }) } });
const audits = serverAudits({ url, fetchFn });
const passed = {};
let failed = 0;
for (const audit of audits) {
  const result = await audit.fn();
  const level = audit.name.split(' ')[0];
  if (result.status === 'ok') passed[level] = (passed[level] ?? 0) + 1;
  else {
    failed++;
    console.log(`${audit.id} ${audit.name}: ${result.status}: ${result.reason}`);
  }
}
console.log(`${audits.length} audits, ${failed} failed; passed: ${JSON.stringify(passed)}`);
process.exit(failed === 0 && audits.length >= 61 ? 0 : 1);
