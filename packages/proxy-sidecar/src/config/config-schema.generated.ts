// @ts-nocheck
// Written by scripts/generate-schema.mjs from schema/sidecar-config.schema.json: do not edit; run `npm run generate`.
"use strict";
export const validateConfig = validate21;
const schema6 = {"$schema":"http://json-schema.org/draft-07/schema#","title":"Configuration of the lattice-auth sidecar","type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string"},"outbound":{"type":"object","additionalProperties":false,"properties":{"enabled":{"type":"boolean"},"listen":{"$ref":"#/$defs/listen"},"tls":{"$ref":"#/$defs/listenTls"},"destination":{"type":"object","additionalProperties":false,"required":["mode"],"properties":{"mode":{"enum":["host","upstream","routes"]},"target":{"$ref":"#/$defs/target"},"routes":{"type":"array","minItems":1,"maxItems":1000,"items":{"$ref":"#/$defs/route"}}}},"allow":{"type":"array","maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":253,"pattern":"^(?:\\*\\.)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*$|^\\[[0-9A-Fa-f:.]+\\]$","x-what":"a host name, or `*.example.com`"}},"signing":{"$ref":"#/$defs/signing"},"upstream":{"$ref":"#/$defs/upstream"},"pool":{"$ref":"#/$defs/pool"},"timeouts":{"$ref":"#/$defs/timeouts"},"retries":{"type":"object","additionalProperties":false,"properties":{"attempts":{"type":"integer","minimum":1,"maximum":20},"statuses":{"type":"array","maxItems":200,"items":{"type":"integer","minimum":400,"maximum":599}},"methods":{"type":"array","maxItems":200,"items":{"type":"string","minLength":1,"maxLength":40,"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$","x-what":"a method"}},"bodyBytesMax":{"type":"integer","minimum":0,"maximum":16777216}}},"limits":{"$ref":"#/$defs/limits"},"preflight":{"enum":["off","shadow","enforce"]}}},"inbound":{"type":"object","additionalProperties":false,"properties":{"enabled":{"type":"boolean"},"listen":{"$ref":"#/$defs/listen"},"tls":{"$ref":"#/$defs/listenTls"},"app":{"type":"string","minLength":1,"maxLength":262,"pattern":"^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$","x-what":"`host`, `host:port` or `[v6]:port`, with a port from 1 to 65535"},"appProtocol":{"enum":["h1","h2"]},"trustedPeers":{"type":"array","maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":64,"pattern":"^[0-9A-Fa-f:.]+(?:/[0-9]{1,3})?$","x-what":"an address or a CIDR block"}},"mode":{"enum":["off","shadow","enforce"]},"pool":{"$ref":"#/$defs/pool"},"timeouts":{"$ref":"#/$defs/timeouts"},"limits":{"$ref":"#/$defs/limits"},"service":{"type":"string","minLength":1,"maxLength":4096},"verify":{"type":"object","additionalProperties":false,"required":["keysFile","region"],"properties":{"keysFile":{"type":"string","minLength":1,"maxLength":4096},"region":{"type":"string","minLength":1,"maxLength":4096,"pattern":"^[a-z0-9-]+$","x-what":"a region"}}}}},"extAuthz":{"type":"object","additionalProperties":false,"properties":{"enabled":{"type":"boolean"},"listen":{"$ref":"#/$defs/listen"},"tls":{"$ref":"#/$defs/listenTls"},"mode":{"enum":["shadow","enforce"]},"service":{"type":"string","minLength":1,"maxLength":4096},"serviceNetwork":{"type":"string","minLength":1,"maxLength":4096},"sourceVpc":{"type":"string","minLength":1,"maxLength":4096},"trustedPeers":{"type":"array","maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":64,"pattern":"^[0-9A-Fa-f:.]+(?:/[0-9]{1,3})?$","x-what":"an address or a CIDR block"}},"principals":{"type":"object","maxProperties":1000,"additionalProperties":{"type":"string","minLength":1,"maxLength":2048}},"verify":{"type":"object","additionalProperties":false,"required":["keysFile","region"],"properties":{"keysFile":{"type":"string","minLength":1,"maxLength":4096},"region":{"type":"string","minLength":1,"maxLength":4096,"pattern":"^[a-z0-9-]+$","x-what":"a region"}}},"decisionHeader":{"type":"boolean"},"statusOnError":{"type":"integer","minimum":400,"maximum":599},"http":{"type":"object","additionalProperties":false,"properties":{"pathPrefix":{"type":"string","minLength":2,"maxLength":200,"pattern":"^(?:/[A-Za-z0-9_-]+)+$","x-what":"a path without dots and without a slash at its end"},"peerHeader":{"type":"string","minLength":1,"maxLength":200,"pattern":"^[A-Za-z0-9-]+$","x-what":"a header name"},"metadataHeaders":{"type":"boolean"}}},"timeouts":{"type":"object","additionalProperties":false,"properties":{"requestMs":{"type":"integer","minimum":1,"maximum":86400000},"keepAliveMs":{"type":"integer","minimum":1,"maximum":86400000}}},"limits":{"$ref":"#/$defs/limits"}}},"admin":{"type":"object","additionalProperties":false,"properties":{"enabled":{"type":"boolean"},"listen":{"$ref":"#/$defs/listen"},"shutdown":{"type":"boolean"}}},"credentials":{"type":"object","additionalProperties":false,"properties":{"roleArn":{"type":"string","minLength":1,"maxLength":4096,"pattern":"^arn:[a-z-]+:iam::[0-9]{12}:role/.+$","x-what":"a role's ARN"},"externalId":{"type":"string","minLength":1,"maxLength":1224},"sessionName":{"type":"string","minLength":1,"maxLength":4096},"durationSeconds":{"type":"integer","minimum":900,"maximum":43200},"profile":{"type":"string","minLength":1,"maxLength":4096},"stsEndpoint":{"type":"string","minLength":1,"maxLength":4096,"pattern":"^https?://[^\\s]+$","x-what":"an http or https URL"},"stsRegion":{"type":"string","minLength":1,"maxLength":4096,"pattern":"^[a-z0-9-]+$","x-what":"a region"}}},"policies":{"type":"object","additionalProperties":false,"properties":{"stack":{"type":"string","minLength":1,"maxLength":4096},"inbound":{"type":"array","maxItems":200,"items":{"type":"string","minLength":1,"maxLength":4096}},"caller":{"type":"string","minLength":1,"maxLength":4096},"sourceVpc":{"type":"string","minLength":1,"maxLength":4096},"pollMs":{"type":"integer","minimum":100,"maximum":86400000}}},"log":{"type":"object","additionalProperties":false,"properties":{"level":{"enum":["silent","error","warn","info","debug"]},"access":{"enum":["off","failed","all"]},"signing":{"type":"boolean"}}},"drain":{"type":"object","additionalProperties":false,"properties":{"deadlineMs":{"type":"integer","minimum":0,"maximum":86400000},"lingerMs":{"type":"integer","minimum":0,"maximum":86400000}}},"workers":{"type":"integer","minimum":1,"maximum":64}},"$defs":{"listen":{"type":"object","additionalProperties":false,"properties":{"host":{"type":"string","minLength":1,"maxLength":253,"pattern":"^[A-Za-z0-9._-]+$|^\\[?[0-9A-Fa-f:.]+\\]?$","x-what":"a host name or an address"},"port":{"type":"integer","minimum":0,"maximum":65535},"path":{"type":"string","minLength":1,"maxLength":107}}},"listenTls":{"type":"object","additionalProperties":false,"required":["certFile","keyFile"],"properties":{"certFile":{"type":"string","minLength":1,"maxLength":4096},"keyFile":{"type":"string","minLength":1,"maxLength":4096},"clientCaFile":{"type":"string","minLength":1,"maxLength":4096}}},"signing":{"type":"object","additionalProperties":false,"properties":{"service":{"type":"string","minLength":1,"maxLength":64,"pattern":"^[A-Za-z0-9_-]+$","x-what":"a signing name such as `vpc-lattice-svcs`"},"region":{"type":["string","array"],"minLength":1,"maxLength":200,"pattern":"^[a-z0-9*,-]+$","x-what":"a region, a list with commas, or `*`","maxItems":50,"items":{"type":"string","minLength":1,"maxLength":4096,"pattern":"^[a-z0-9*-]+$","x-what":"a region, or `*`"}},"algorithm":{"enum":["auto","sigv4","sigv4a"]},"placement":{"enum":["header","query"]},"expiresSeconds":{"type":"integer","minimum":1,"maximum":604800},"payload":{"enum":["unsigned"]},"moveAuthorizationTo":{"type":"string","minLength":1,"maxLength":200,"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$","x-what":"a header name"},"strip":{"type":"array","maxItems":200,"items":{"type":"string","minLength":1,"maxLength":200,"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$","x-what":"a header name"}},"duplicateHeaders":{"type":"array","maxItems":200,"items":{"type":"string","minLength":1,"maxLength":200,"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$","x-what":"a header name"}},"customHeaders":{"type":"object","maxProperties":100,"propertyNames":{"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$","x-what":"a header name"},"additionalProperties":{"type":"string","maxLength":8192,"pattern":"^[\\t\\x20-\\x7e\\x80-\\xff]*$","x-what":"a header value","x-secret":true}}}},"upstream":{"type":"object","additionalProperties":false,"properties":{"scheme":{"enum":["https","http"]},"protocol":{"enum":["auto","h1","h2"]},"tls":{"type":"object","additionalProperties":false,"properties":{"verify":{"type":"boolean"},"caFile":{"type":"string","minLength":1,"maxLength":4096}}}}},"pool":{"type":"object","additionalProperties":false,"properties":{"connections":{"type":"integer","minimum":1,"maximum":65536},"idleMs":{"type":"integer","minimum":1,"maximum":86400000},"lifetimeMs":{"type":"integer","minimum":1,"maximum":86400000}}},"timeouts":{"type":"object","additionalProperties":false,"properties":{"connectMs":{"type":"integer","minimum":0,"maximum":86400000},"headersMs":{"type":"integer","minimum":0,"maximum":86400000},"idleMs":{"type":"integer","minimum":0,"maximum":86400000},"totalMs":{"type":"integer","minimum":0,"maximum":86400000},"requestHeadMs":{"type":"integer","minimum":0,"maximum":86400000},"keepAliveMs":{"type":"integer","minimum":0,"maximum":86400000}}},"limits":{"type":"object","additionalProperties":false,"properties":{"headerBytes":{"type":"integer","minimum":1024,"maximum":1048576},"headerCount":{"type":"integer","minimum":10,"maximum":10000},"connections":{"type":"integer","minimum":1,"maximum":1000000},"inFlight":{"type":"integer","minimum":1,"maximum":1000000},"streamsPerConnection":{"type":"integer","minimum":1,"maximum":65536},"bodyBytes":{"type":"integer","minimum":0,"maximum":9007199254740991}}},"target":{"type":"object","additionalProperties":false,"properties":{"connect":{"type":"string","minLength":1,"maxLength":262,"pattern":"^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$","x-what":"`host`, `host:port` or `[v6]:port`, with a port from 1 to 65535"},"serverName":{"type":"string","minLength":1,"maxLength":253,"pattern":"^[A-Za-z0-9._-]+$|^\\[?[0-9A-Fa-f:.]+\\]?$","x-what":"a host name or an address"},"signedHost":{"type":"string","minLength":1,"maxLength":262,"pattern":"^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$","x-what":"`host`, `host:port` or `[v6]:port`, with a port from 1 to 65535"},"upstream":{"$ref":"#/$defs/upstream"},"signing":{"$ref":"#/$defs/signing"},"timeouts":{"$ref":"#/$defs/timeouts"}}},"route":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","minLength":1,"maxLength":64,"pattern":"^[A-Za-z0-9_.-]+$","x-what":"a name of letters, digits, `.`, `_` and `-`"},"host":{"type":"string","minLength":1,"maxLength":253,"pattern":"^(?:\\*\\.)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*$|^\\[[0-9A-Fa-f:.]+\\]$","x-what":"a host name, or `*.example.com`"},"pathPrefix":{"type":"string","minLength":1,"maxLength":4096,"pattern":"^/","x-what":"a path that begins with `/`"},"connect":{"type":"string","minLength":1,"maxLength":262,"pattern":"^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$","x-what":"`host`, `host:port` or `[v6]:port`, with a port from 1 to 65535"},"serverName":{"type":"string","minLength":1,"maxLength":253,"pattern":"^[A-Za-z0-9._-]+$|^\\[?[0-9A-Fa-f:.]+\\]?$","x-what":"a host name or an address"},"signedHost":{"type":"string","minLength":1,"maxLength":262,"pattern":"^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$","x-what":"`host`, `host:port` or `[v6]:port`, with a port from 1 to 65535"},"upstream":{"$ref":"#/$defs/upstream"},"signing":{"$ref":"#/$defs/signing"},"timeouts":{"$ref":"#/$defs/timeouts"}}}},"patternProperties":{"^x-":{}}};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^x-", "u");
const pattern14 = new RegExp("^(?:\\*\\.)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*$|^\\[[0-9A-Fa-f:.]+\\]$", "u");
const pattern8 = new RegExp("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", "u");
const pattern2 = new RegExp("^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$", "u");
const pattern22 = new RegExp("^[0-9A-Fa-f:.]+(?:/[0-9]{1,3})?$", "u");
const pattern23 = new RegExp("^[a-z0-9-]+$", "u");
const pattern26 = new RegExp("^(?:/[A-Za-z0-9_-]+)+$", "u");
const pattern27 = new RegExp("^[A-Za-z0-9-]+$", "u");
const pattern28 = new RegExp("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", "u");
const pattern29 = new RegExp("^https?://[^\\s]+$", "u");
const schema7 = {"type":"object","additionalProperties":false,"properties":{"host":{"type":"string","minLength":1,"maxLength":253,"pattern":"^[A-Za-z0-9._-]+$|^\\[?[0-9A-Fa-f:.]+\\]?$","x-what":"a host name or an address"},"port":{"type":"integer","minimum":0,"maximum":65535},"path":{"type":"string","minLength":1,"maxLength":107}}};
const pattern1 = new RegExp("^[A-Za-z0-9._-]+$|^\\[?[0-9A-Fa-f:.]+\\]?$", "u");

function validate22(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "host") || (key0 === "port")) || (key0 === "path"))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host !== undefined){
let data0 = data.host;
if(typeof data0 === "string"){
if(data0.length > 253){
const err1 = {instancePath:instancePath+"/host",keyword:"maxLength",params:{limit: 253},parentSchema:schema7.properties.host,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0.length < 1){
const err2 = {instancePath:instancePath+"/host",keyword:"minLength",params:{limit: 1},parentSchema:schema7.properties.host,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!pattern1.test(data0)){
const err3 = {instancePath:instancePath+"/host",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]+$|^\\[?[0-9A-Fa-f:.]+\\]?$"},parentSchema:schema7.properties.host,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/host",keyword:"type",params:{type: "string"},parentSchema:schema7.properties.host,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.port !== undefined){
let data1 = data.port;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err5 = {instancePath:instancePath+"/port",keyword:"type",params:{type: "integer"},parentSchema:schema7.properties.port,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 65535 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/port",keyword:"maximum",params:{comparison: "<=", limit: 65535},parentSchema:schema7.properties.port,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data1 < 0 || isNaN(data1)){
const err7 = {instancePath:instancePath+"/port",keyword:"minimum",params:{comparison: ">=", limit: 0},parentSchema:schema7.properties.port,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
if(data.path !== undefined){
let data2 = data.path;
if(typeof data2 === "string"){
if(data2.length > 107){
const err8 = {instancePath:instancePath+"/path",keyword:"maxLength",params:{limit: 107},parentSchema:schema7.properties.path,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2.length < 1){
const err9 = {instancePath:instancePath+"/path",keyword:"minLength",params:{limit: 1},parentSchema:schema7.properties.path,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/path",keyword:"type",params:{type: "string"},parentSchema:schema7.properties.path,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"type":"object","additionalProperties":false,"required":["certFile","keyFile"],"properties":{"certFile":{"type":"string","minLength":1,"maxLength":4096},"keyFile":{"type":"string","minLength":1,"maxLength":4096},"clientCaFile":{"type":"string","minLength":1,"maxLength":4096}}};

function validate24(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.certFile === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "certFile"},parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.keyFile === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "keyFile"},parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "certFile") || (key0 === "keyFile")) || (key0 === "clientCaFile"))){
const err2 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.certFile !== undefined){
let data0 = data.certFile;
if(typeof data0 === "string"){
if(data0.length > 4096){
const err3 = {instancePath:instancePath+"/certFile",keyword:"maxLength",params:{limit: 4096},parentSchema:schema8.properties.certFile,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data0.length < 1){
const err4 = {instancePath:instancePath+"/certFile",keyword:"minLength",params:{limit: 1},parentSchema:schema8.properties.certFile,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/certFile",keyword:"type",params:{type: "string"},parentSchema:schema8.properties.certFile,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.keyFile !== undefined){
let data1 = data.keyFile;
if(typeof data1 === "string"){
if(data1.length > 4096){
const err6 = {instancePath:instancePath+"/keyFile",keyword:"maxLength",params:{limit: 4096},parentSchema:schema8.properties.keyFile,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data1.length < 1){
const err7 = {instancePath:instancePath+"/keyFile",keyword:"minLength",params:{limit: 1},parentSchema:schema8.properties.keyFile,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/keyFile",keyword:"type",params:{type: "string"},parentSchema:schema8.properties.keyFile,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.clientCaFile !== undefined){
let data2 = data.clientCaFile;
if(typeof data2 === "string"){
if(data2.length > 4096){
const err9 = {instancePath:instancePath+"/clientCaFile",keyword:"maxLength",params:{limit: 4096},parentSchema:schema8.properties.clientCaFile,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data2.length < 1){
const err10 = {instancePath:instancePath+"/clientCaFile",keyword:"minLength",params:{limit: 1},parentSchema:schema8.properties.clientCaFile,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/clientCaFile",keyword:"type",params:{type: "string"},parentSchema:schema8.properties.clientCaFile,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}

const schema9 = {"type":"object","additionalProperties":false,"properties":{"connect":{"type":"string","minLength":1,"maxLength":262,"pattern":"^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$","x-what":"`host`, `host:port` or `[v6]:port`, with a port from 1 to 65535"},"serverName":{"type":"string","minLength":1,"maxLength":253,"pattern":"^[A-Za-z0-9._-]+$|^\\[?[0-9A-Fa-f:.]+\\]?$","x-what":"a host name or an address"},"signedHost":{"type":"string","minLength":1,"maxLength":262,"pattern":"^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$","x-what":"`host`, `host:port` or `[v6]:port`, with a port from 1 to 65535"},"upstream":{"$ref":"#/$defs/upstream"},"signing":{"$ref":"#/$defs/signing"},"timeouts":{"$ref":"#/$defs/timeouts"}}};
const schema10 = {"type":"object","additionalProperties":false,"properties":{"scheme":{"enum":["https","http"]},"protocol":{"enum":["auto","h1","h2"]},"tls":{"type":"object","additionalProperties":false,"properties":{"verify":{"type":"boolean"},"caFile":{"type":"string","minLength":1,"maxLength":4096}}}}};

function validate27(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "scheme") || (key0 === "protocol")) || (key0 === "tls"))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema10,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.scheme !== undefined){
let data0 = data.scheme;
if(!((data0 === "https") || (data0 === "http"))){
const err1 = {instancePath:instancePath+"/scheme",keyword:"enum",params:{allowedValues: schema10.properties.scheme.enum},parentSchema:schema10.properties.scheme,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.protocol !== undefined){
let data1 = data.protocol;
if(!(((data1 === "auto") || (data1 === "h1")) || (data1 === "h2"))){
const err2 = {instancePath:instancePath+"/protocol",keyword:"enum",params:{allowedValues: schema10.properties.protocol.enum},parentSchema:schema10.properties.protocol,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.tls !== undefined){
let data2 = data.tls;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!((key1 === "verify") || (key1 === "caFile"))){
const err3 = {instancePath:instancePath+"/tls",keyword:"additionalProperties",params:{additionalProperty: key1},parentSchema:schema10.properties.tls,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data2.verify !== undefined){
let data3 = data2.verify;
if(typeof data3 !== "boolean"){
const err4 = {instancePath:instancePath+"/tls/verify",keyword:"type",params:{type: "boolean"},parentSchema:schema10.properties.tls.properties.verify,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data2.caFile !== undefined){
let data4 = data2.caFile;
if(typeof data4 === "string"){
if(data4.length > 4096){
const err5 = {instancePath:instancePath+"/tls/caFile",keyword:"maxLength",params:{limit: 4096},parentSchema:schema10.properties.tls.properties.caFile,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data4.length < 1){
const err6 = {instancePath:instancePath+"/tls/caFile",keyword:"minLength",params:{limit: 1},parentSchema:schema10.properties.tls.properties.caFile,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/tls/caFile",keyword:"type",params:{type: "string"},parentSchema:schema10.properties.tls.properties.caFile,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/tls",keyword:"type",params:{type: "object"},parentSchema:schema10.properties.tls,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema10,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate27.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":"object","additionalProperties":false,"properties":{"service":{"type":"string","minLength":1,"maxLength":64,"pattern":"^[A-Za-z0-9_-]+$","x-what":"a signing name such as `vpc-lattice-svcs`"},"region":{"type":["string","array"],"minLength":1,"maxLength":200,"pattern":"^[a-z0-9*,-]+$","x-what":"a region, a list with commas, or `*`","maxItems":50,"items":{"type":"string","minLength":1,"maxLength":4096,"pattern":"^[a-z0-9*-]+$","x-what":"a region, or `*`"}},"algorithm":{"enum":["auto","sigv4","sigv4a"]},"placement":{"enum":["header","query"]},"expiresSeconds":{"type":"integer","minimum":1,"maximum":604800},"payload":{"enum":["unsigned"]},"moveAuthorizationTo":{"type":"string","minLength":1,"maxLength":200,"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$","x-what":"a header name"},"strip":{"type":"array","maxItems":200,"items":{"type":"string","minLength":1,"maxLength":200,"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$","x-what":"a header name"}},"duplicateHeaders":{"type":"array","maxItems":200,"items":{"type":"string","minLength":1,"maxLength":200,"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$","x-what":"a header name"}},"customHeaders":{"type":"object","maxProperties":100,"propertyNames":{"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$","x-what":"a header name"},"additionalProperties":{"type":"string","maxLength":8192,"pattern":"^[\\t\\x20-\\x7e\\x80-\\xff]*$","x-what":"a header value","x-secret":true}}}};
const pattern5 = new RegExp("^[A-Za-z0-9_-]+$", "u");
const pattern6 = new RegExp("^[a-z0-9*,-]+$", "u");
const pattern7 = new RegExp("^[a-z0-9*-]+$", "u");
const pattern12 = new RegExp("^[\\t\\x20-\\x7e\\x80-\\xff]*$", "u");

function validate29(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.service !== undefined){
let data0 = data.service;
if(typeof data0 === "string"){
if(data0.length > 64){
const err1 = {instancePath:instancePath+"/service",keyword:"maxLength",params:{limit: 64},parentSchema:schema11.properties.service,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0.length < 1){
const err2 = {instancePath:instancePath+"/service",keyword:"minLength",params:{limit: 1},parentSchema:schema11.properties.service,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!pattern5.test(data0)){
const err3 = {instancePath:instancePath+"/service",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_-]+$"},parentSchema:schema11.properties.service,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/service",keyword:"type",params:{type: "string"},parentSchema:schema11.properties.service,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.region !== undefined){
let data1 = data.region;
if((typeof data1 !== "string") && (!(Array.isArray(data1)))){
const err5 = {instancePath:instancePath+"/region",keyword:"type",params:{type: schema11.properties.region.type},parentSchema:schema11.properties.region,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(typeof data1 === "string"){
if(data1.length > 200){
const err6 = {instancePath:instancePath+"/region",keyword:"maxLength",params:{limit: 200},parentSchema:schema11.properties.region,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data1.length < 1){
const err7 = {instancePath:instancePath+"/region",keyword:"minLength",params:{limit: 1},parentSchema:schema11.properties.region,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(!pattern6.test(data1)){
const err8 = {instancePath:instancePath+"/region",keyword:"pattern",params:{pattern: "^[a-z0-9*,-]+$"},parentSchema:schema11.properties.region,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(Array.isArray(data1)){
if(data1.length > 50){
const err9 = {instancePath:instancePath+"/region",keyword:"maxItems",params:{limit: 50},parentSchema:schema11.properties.region,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(data2.length > 4096){
const err10 = {instancePath:instancePath+"/region/" + i0,keyword:"maxLength",params:{limit: 4096},parentSchema:schema11.properties.region.items,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data2.length < 1){
const err11 = {instancePath:instancePath+"/region/" + i0,keyword:"minLength",params:{limit: 1},parentSchema:schema11.properties.region.items,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(!pattern7.test(data2)){
const err12 = {instancePath:instancePath+"/region/" + i0,keyword:"pattern",params:{pattern: "^[a-z0-9*-]+$"},parentSchema:schema11.properties.region.items,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/region/" + i0,keyword:"type",params:{type: "string"},parentSchema:schema11.properties.region.items,data:data2};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
}
if(data.algorithm !== undefined){
let data3 = data.algorithm;
if(!(((data3 === "auto") || (data3 === "sigv4")) || (data3 === "sigv4a"))){
const err14 = {instancePath:instancePath+"/algorithm",keyword:"enum",params:{allowedValues: schema11.properties.algorithm.enum},parentSchema:schema11.properties.algorithm,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.placement !== undefined){
let data4 = data.placement;
if(!((data4 === "header") || (data4 === "query"))){
const err15 = {instancePath:instancePath+"/placement",keyword:"enum",params:{allowedValues: schema11.properties.placement.enum},parentSchema:schema11.properties.placement,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.expiresSeconds !== undefined){
let data5 = data.expiresSeconds;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err16 = {instancePath:instancePath+"/expiresSeconds",keyword:"type",params:{type: "integer"},parentSchema:schema11.properties.expiresSeconds,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 604800 || isNaN(data5)){
const err17 = {instancePath:instancePath+"/expiresSeconds",keyword:"maximum",params:{comparison: "<=", limit: 604800},parentSchema:schema11.properties.expiresSeconds,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data5 < 1 || isNaN(data5)){
const err18 = {instancePath:instancePath+"/expiresSeconds",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema11.properties.expiresSeconds,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
if(data.payload !== undefined){
let data6 = data.payload;
if(!(data6 === "unsigned")){
const err19 = {instancePath:instancePath+"/payload",keyword:"enum",params:{allowedValues: schema11.properties.payload.enum},parentSchema:schema11.properties.payload,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.moveAuthorizationTo !== undefined){
let data7 = data.moveAuthorizationTo;
if(typeof data7 === "string"){
if(data7.length > 200){
const err20 = {instancePath:instancePath+"/moveAuthorizationTo",keyword:"maxLength",params:{limit: 200},parentSchema:schema11.properties.moveAuthorizationTo,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data7.length < 1){
const err21 = {instancePath:instancePath+"/moveAuthorizationTo",keyword:"minLength",params:{limit: 1},parentSchema:schema11.properties.moveAuthorizationTo,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(!pattern8.test(data7)){
const err22 = {instancePath:instancePath+"/moveAuthorizationTo",keyword:"pattern",params:{pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},parentSchema:schema11.properties.moveAuthorizationTo,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/moveAuthorizationTo",keyword:"type",params:{type: "string"},parentSchema:schema11.properties.moveAuthorizationTo,data:data7};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.strip !== undefined){
let data8 = data.strip;
if(Array.isArray(data8)){
if(data8.length > 200){
const err24 = {instancePath:instancePath+"/strip",keyword:"maxItems",params:{limit: 200},parentSchema:schema11.properties.strip,data:data8};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
if(typeof data9 === "string"){
if(data9.length > 200){
const err25 = {instancePath:instancePath+"/strip/" + i1,keyword:"maxLength",params:{limit: 200},parentSchema:schema11.properties.strip.items,data:data9};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data9.length < 1){
const err26 = {instancePath:instancePath+"/strip/" + i1,keyword:"minLength",params:{limit: 1},parentSchema:schema11.properties.strip.items,data:data9};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(!pattern8.test(data9)){
const err27 = {instancePath:instancePath+"/strip/" + i1,keyword:"pattern",params:{pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},parentSchema:schema11.properties.strip.items,data:data9};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/strip/" + i1,keyword:"type",params:{type: "string"},parentSchema:schema11.properties.strip.items,data:data9};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/strip",keyword:"type",params:{type: "array"},parentSchema:schema11.properties.strip,data:data8};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.duplicateHeaders !== undefined){
let data10 = data.duplicateHeaders;
if(Array.isArray(data10)){
if(data10.length > 200){
const err30 = {instancePath:instancePath+"/duplicateHeaders",keyword:"maxItems",params:{limit: 200},parentSchema:schema11.properties.duplicateHeaders,data:data10};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
const len2 = data10.length;
for(let i2=0; i2<len2; i2++){
let data11 = data10[i2];
if(typeof data11 === "string"){
if(data11.length > 200){
const err31 = {instancePath:instancePath+"/duplicateHeaders/" + i2,keyword:"maxLength",params:{limit: 200},parentSchema:schema11.properties.duplicateHeaders.items,data:data11};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(data11.length < 1){
const err32 = {instancePath:instancePath+"/duplicateHeaders/" + i2,keyword:"minLength",params:{limit: 1},parentSchema:schema11.properties.duplicateHeaders.items,data:data11};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(!pattern8.test(data11)){
const err33 = {instancePath:instancePath+"/duplicateHeaders/" + i2,keyword:"pattern",params:{pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},parentSchema:schema11.properties.duplicateHeaders.items,data:data11};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/duplicateHeaders/" + i2,keyword:"type",params:{type: "string"},parentSchema:schema11.properties.duplicateHeaders.items,data:data11};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/duplicateHeaders",keyword:"type",params:{type: "array"},parentSchema:schema11.properties.duplicateHeaders,data:data10};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.customHeaders !== undefined){
let data12 = data.customHeaders;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(Object.keys(data12).length > 100){
const err36 = {instancePath:instancePath+"/customHeaders",keyword:"maxProperties",params:{limit: 100},parentSchema:schema11.properties.customHeaders,data:data12};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
for(const key1 in data12){
const _errs25 = errors;
if(typeof key1 === "string"){
if(!pattern8.test(key1)){
const err37 = {instancePath:instancePath+"/customHeaders",keyword:"pattern",params:{pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},parentSchema:schema11.properties.customHeaders.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
var valid7 = _errs25 === errors;
if(!valid7){
const err38 = {instancePath:instancePath+"/customHeaders",keyword:"propertyNames",params:{propertyName: key1},parentSchema:schema11.properties.customHeaders,data:data12};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
for(const key2 in data12){
let data13 = data12[key2];
if(typeof data13 === "string"){
if(data13.length > 8192){
const err39 = {instancePath:instancePath+"/customHeaders/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"maxLength",params:{limit: 8192},parentSchema:schema11.properties.customHeaders.additionalProperties,data:data13};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(!pattern12.test(data13)){
const err40 = {instancePath:instancePath+"/customHeaders/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"pattern",params:{pattern: "^[\\t\\x20-\\x7e\\x80-\\xff]*$"},parentSchema:schema11.properties.customHeaders.additionalProperties,data:data13};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/customHeaders/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "string"},parentSchema:schema11.properties.customHeaders.additionalProperties,data:data13};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
else {
const err42 = {instancePath:instancePath+"/customHeaders",keyword:"type",params:{type: "object"},parentSchema:schema11.properties.customHeaders,data:data12};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
validate29.errors = vErrors;
return errors === 0;
}

const schema12 = {"type":"object","additionalProperties":false,"properties":{"connectMs":{"type":"integer","minimum":0,"maximum":86400000},"headersMs":{"type":"integer","minimum":0,"maximum":86400000},"idleMs":{"type":"integer","minimum":0,"maximum":86400000},"totalMs":{"type":"integer","minimum":0,"maximum":86400000},"requestHeadMs":{"type":"integer","minimum":0,"maximum":86400000},"keepAliveMs":{"type":"integer","minimum":0,"maximum":86400000}}};

function validate31(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "connectMs") || (key0 === "headersMs")) || (key0 === "idleMs")) || (key0 === "totalMs")) || (key0 === "requestHeadMs")) || (key0 === "keepAliveMs"))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.connectMs !== undefined){
let data0 = data.connectMs;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/connectMs",keyword:"type",params:{type: "integer"},parentSchema:schema12.properties.connectMs,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 86400000 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/connectMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema12.properties.connectMs,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/connectMs",keyword:"minimum",params:{comparison: ">=", limit: 0},parentSchema:schema12.properties.connectMs,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.headersMs !== undefined){
let data1 = data.headersMs;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/headersMs",keyword:"type",params:{type: "integer"},parentSchema:schema12.properties.headersMs,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 86400000 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/headersMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema12.properties.headersMs,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1 < 0 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/headersMs",keyword:"minimum",params:{comparison: ">=", limit: 0},parentSchema:schema12.properties.headersMs,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.idleMs !== undefined){
let data2 = data.idleMs;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err7 = {instancePath:instancePath+"/idleMs",keyword:"type",params:{type: "integer"},parentSchema:schema12.properties.idleMs,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 86400000 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/idleMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema12.properties.idleMs,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err9 = {instancePath:instancePath+"/idleMs",keyword:"minimum",params:{comparison: ">=", limit: 0},parentSchema:schema12.properties.idleMs,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.totalMs !== undefined){
let data3 = data.totalMs;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err10 = {instancePath:instancePath+"/totalMs",keyword:"type",params:{type: "integer"},parentSchema:schema12.properties.totalMs,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 86400000 || isNaN(data3)){
const err11 = {instancePath:instancePath+"/totalMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema12.properties.totalMs,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data3 < 0 || isNaN(data3)){
const err12 = {instancePath:instancePath+"/totalMs",keyword:"minimum",params:{comparison: ">=", limit: 0},parentSchema:schema12.properties.totalMs,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data.requestHeadMs !== undefined){
let data4 = data.requestHeadMs;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err13 = {instancePath:instancePath+"/requestHeadMs",keyword:"type",params:{type: "integer"},parentSchema:schema12.properties.requestHeadMs,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 86400000 || isNaN(data4)){
const err14 = {instancePath:instancePath+"/requestHeadMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema12.properties.requestHeadMs,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data4 < 0 || isNaN(data4)){
const err15 = {instancePath:instancePath+"/requestHeadMs",keyword:"minimum",params:{comparison: ">=", limit: 0},parentSchema:schema12.properties.requestHeadMs,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
if(data.keepAliveMs !== undefined){
let data5 = data.keepAliveMs;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err16 = {instancePath:instancePath+"/keepAliveMs",keyword:"type",params:{type: "integer"},parentSchema:schema12.properties.keepAliveMs,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 86400000 || isNaN(data5)){
const err17 = {instancePath:instancePath+"/keepAliveMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema12.properties.keepAliveMs,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data5 < 0 || isNaN(data5)){
const err18 = {instancePath:instancePath+"/keepAliveMs",keyword:"minimum",params:{comparison: ">=", limit: 0},parentSchema:schema12.properties.keepAliveMs,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
}
else {
const err19 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
validate31.errors = vErrors;
return errors === 0;
}


function validate26(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "connect") || (key0 === "serverName")) || (key0 === "signedHost")) || (key0 === "upstream")) || (key0 === "signing")) || (key0 === "timeouts"))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.connect !== undefined){
let data0 = data.connect;
if(typeof data0 === "string"){
if(data0.length > 262){
const err1 = {instancePath:instancePath+"/connect",keyword:"maxLength",params:{limit: 262},parentSchema:schema9.properties.connect,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0.length < 1){
const err2 = {instancePath:instancePath+"/connect",keyword:"minLength",params:{limit: 1},parentSchema:schema9.properties.connect,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!pattern2.test(data0)){
const err3 = {instancePath:instancePath+"/connect",keyword:"pattern",params:{pattern: "^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$"},parentSchema:schema9.properties.connect,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/connect",keyword:"type",params:{type: "string"},parentSchema:schema9.properties.connect,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.serverName !== undefined){
let data1 = data.serverName;
if(typeof data1 === "string"){
if(data1.length > 253){
const err5 = {instancePath:instancePath+"/serverName",keyword:"maxLength",params:{limit: 253},parentSchema:schema9.properties.serverName,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1.length < 1){
const err6 = {instancePath:instancePath+"/serverName",keyword:"minLength",params:{limit: 1},parentSchema:schema9.properties.serverName,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!pattern1.test(data1)){
const err7 = {instancePath:instancePath+"/serverName",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]+$|^\\[?[0-9A-Fa-f:.]+\\]?$"},parentSchema:schema9.properties.serverName,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/serverName",keyword:"type",params:{type: "string"},parentSchema:schema9.properties.serverName,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.signedHost !== undefined){
let data2 = data.signedHost;
if(typeof data2 === "string"){
if(data2.length > 262){
const err9 = {instancePath:instancePath+"/signedHost",keyword:"maxLength",params:{limit: 262},parentSchema:schema9.properties.signedHost,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data2.length < 1){
const err10 = {instancePath:instancePath+"/signedHost",keyword:"minLength",params:{limit: 1},parentSchema:schema9.properties.signedHost,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!pattern2.test(data2)){
const err11 = {instancePath:instancePath+"/signedHost",keyword:"pattern",params:{pattern: "^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$"},parentSchema:schema9.properties.signedHost,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/signedHost",keyword:"type",params:{type: "string"},parentSchema:schema9.properties.signedHost,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.upstream !== undefined){
if(!(validate27(data.upstream, {instancePath:instancePath+"/upstream"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.signing !== undefined){
if(!(validate29(data.signing, {instancePath:instancePath+"/signing"}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
}
if(data.timeouts !== undefined){
if(!(validate31(data.timeouts, {instancePath:instancePath+"/timeouts"}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}

const schema13 = {"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","minLength":1,"maxLength":64,"pattern":"^[A-Za-z0-9_.-]+$","x-what":"a name of letters, digits, `.`, `_` and `-`"},"host":{"type":"string","minLength":1,"maxLength":253,"pattern":"^(?:\\*\\.)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*$|^\\[[0-9A-Fa-f:.]+\\]$","x-what":"a host name, or `*.example.com`"},"pathPrefix":{"type":"string","minLength":1,"maxLength":4096,"pattern":"^/","x-what":"a path that begins with `/`"},"connect":{"type":"string","minLength":1,"maxLength":262,"pattern":"^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$","x-what":"`host`, `host:port` or `[v6]:port`, with a port from 1 to 65535"},"serverName":{"type":"string","minLength":1,"maxLength":253,"pattern":"^[A-Za-z0-9._-]+$|^\\[?[0-9A-Fa-f:.]+\\]?$","x-what":"a host name or an address"},"signedHost":{"type":"string","minLength":1,"maxLength":262,"pattern":"^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$","x-what":"`host`, `host:port` or `[v6]:port`, with a port from 1 to 65535"},"upstream":{"$ref":"#/$defs/upstream"},"signing":{"$ref":"#/$defs/signing"},"timeouts":{"$ref":"#/$defs/timeouts"}}};
const pattern13 = new RegExp("^[A-Za-z0-9_.-]+$", "u");
const pattern15 = new RegExp("^/", "u");

function validate34(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "name"},parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema13.properties, key0))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(data0.length > 64){
const err2 = {instancePath:instancePath+"/name",keyword:"maxLength",params:{limit: 64},parentSchema:schema13.properties.name,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/name",keyword:"minLength",params:{limit: 1},parentSchema:schema13.properties.name,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!pattern13.test(data0)){
const err4 = {instancePath:instancePath+"/name",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_.-]+$"},parentSchema:schema13.properties.name,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/name",keyword:"type",params:{type: "string"},parentSchema:schema13.properties.name,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.host !== undefined){
let data1 = data.host;
if(typeof data1 === "string"){
if(data1.length > 253){
const err6 = {instancePath:instancePath+"/host",keyword:"maxLength",params:{limit: 253},parentSchema:schema13.properties.host,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data1.length < 1){
const err7 = {instancePath:instancePath+"/host",keyword:"minLength",params:{limit: 1},parentSchema:schema13.properties.host,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(!pattern14.test(data1)){
const err8 = {instancePath:instancePath+"/host",keyword:"pattern",params:{pattern: "^(?:\\*\\.)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*$|^\\[[0-9A-Fa-f:.]+\\]$"},parentSchema:schema13.properties.host,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/host",keyword:"type",params:{type: "string"},parentSchema:schema13.properties.host,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.pathPrefix !== undefined){
let data2 = data.pathPrefix;
if(typeof data2 === "string"){
if(data2.length > 4096){
const err10 = {instancePath:instancePath+"/pathPrefix",keyword:"maxLength",params:{limit: 4096},parentSchema:schema13.properties.pathPrefix,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data2.length < 1){
const err11 = {instancePath:instancePath+"/pathPrefix",keyword:"minLength",params:{limit: 1},parentSchema:schema13.properties.pathPrefix,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(!pattern15.test(data2)){
const err12 = {instancePath:instancePath+"/pathPrefix",keyword:"pattern",params:{pattern: "^/"},parentSchema:schema13.properties.pathPrefix,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/pathPrefix",keyword:"type",params:{type: "string"},parentSchema:schema13.properties.pathPrefix,data:data2};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.connect !== undefined){
let data3 = data.connect;
if(typeof data3 === "string"){
if(data3.length > 262){
const err14 = {instancePath:instancePath+"/connect",keyword:"maxLength",params:{limit: 262},parentSchema:schema13.properties.connect,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data3.length < 1){
const err15 = {instancePath:instancePath+"/connect",keyword:"minLength",params:{limit: 1},parentSchema:schema13.properties.connect,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(!pattern2.test(data3)){
const err16 = {instancePath:instancePath+"/connect",keyword:"pattern",params:{pattern: "^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$"},parentSchema:schema13.properties.connect,data:data3};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/connect",keyword:"type",params:{type: "string"},parentSchema:schema13.properties.connect,data:data3};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.serverName !== undefined){
let data4 = data.serverName;
if(typeof data4 === "string"){
if(data4.length > 253){
const err18 = {instancePath:instancePath+"/serverName",keyword:"maxLength",params:{limit: 253},parentSchema:schema13.properties.serverName,data:data4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data4.length < 1){
const err19 = {instancePath:instancePath+"/serverName",keyword:"minLength",params:{limit: 1},parentSchema:schema13.properties.serverName,data:data4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(!pattern1.test(data4)){
const err20 = {instancePath:instancePath+"/serverName",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]+$|^\\[?[0-9A-Fa-f:.]+\\]?$"},parentSchema:schema13.properties.serverName,data:data4};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/serverName",keyword:"type",params:{type: "string"},parentSchema:schema13.properties.serverName,data:data4};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.signedHost !== undefined){
let data5 = data.signedHost;
if(typeof data5 === "string"){
if(data5.length > 262){
const err22 = {instancePath:instancePath+"/signedHost",keyword:"maxLength",params:{limit: 262},parentSchema:schema13.properties.signedHost,data:data5};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data5.length < 1){
const err23 = {instancePath:instancePath+"/signedHost",keyword:"minLength",params:{limit: 1},parentSchema:schema13.properties.signedHost,data:data5};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(!pattern2.test(data5)){
const err24 = {instancePath:instancePath+"/signedHost",keyword:"pattern",params:{pattern: "^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$"},parentSchema:schema13.properties.signedHost,data:data5};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/signedHost",keyword:"type",params:{type: "string"},parentSchema:schema13.properties.signedHost,data:data5};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.upstream !== undefined){
if(!(validate27(data.upstream, {instancePath:instancePath+"/upstream"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.signing !== undefined){
if(!(validate29(data.signing, {instancePath:instancePath+"/signing"}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
}
if(data.timeouts !== undefined){
if(!(validate31(data.timeouts, {instancePath:instancePath+"/timeouts"}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
}
else {
const err26 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}

const schema14 = {"type":"object","additionalProperties":false,"properties":{"connections":{"type":"integer","minimum":1,"maximum":65536},"idleMs":{"type":"integer","minimum":1,"maximum":86400000},"lifetimeMs":{"type":"integer","minimum":1,"maximum":86400000}}};

function validate41(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "connections") || (key0 === "idleMs")) || (key0 === "lifetimeMs"))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.connections !== undefined){
let data0 = data.connections;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/connections",keyword:"type",params:{type: "integer"},parentSchema:schema14.properties.connections,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 65536 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/connections",keyword:"maximum",params:{comparison: "<=", limit: 65536},parentSchema:schema14.properties.connections,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/connections",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema14.properties.connections,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.idleMs !== undefined){
let data1 = data.idleMs;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/idleMs",keyword:"type",params:{type: "integer"},parentSchema:schema14.properties.idleMs,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 86400000 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/idleMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema14.properties.idleMs,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/idleMs",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema14.properties.idleMs,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.lifetimeMs !== undefined){
let data2 = data.lifetimeMs;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err7 = {instancePath:instancePath+"/lifetimeMs",keyword:"type",params:{type: "integer"},parentSchema:schema14.properties.lifetimeMs,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 86400000 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/lifetimeMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema14.properties.lifetimeMs,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err9 = {instancePath:instancePath+"/lifetimeMs",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema14.properties.lifetimeMs,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
}
else {
const err10 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate41.errors = vErrors;
return errors === 0;
}

const schema15 = {"type":"object","additionalProperties":false,"properties":{"headerBytes":{"type":"integer","minimum":1024,"maximum":1048576},"headerCount":{"type":"integer","minimum":10,"maximum":10000},"connections":{"type":"integer","minimum":1,"maximum":1000000},"inFlight":{"type":"integer","minimum":1,"maximum":1000000},"streamsPerConnection":{"type":"integer","minimum":1,"maximum":65536},"bodyBytes":{"type":"integer","minimum":0,"maximum":9007199254740991}}};

function validate44(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "headerBytes") || (key0 === "headerCount")) || (key0 === "connections")) || (key0 === "inFlight")) || (key0 === "streamsPerConnection")) || (key0 === "bodyBytes"))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.headerBytes !== undefined){
let data0 = data.headerBytes;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/headerBytes",keyword:"type",params:{type: "integer"},parentSchema:schema15.properties.headerBytes,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 1048576 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/headerBytes",keyword:"maximum",params:{comparison: "<=", limit: 1048576},parentSchema:schema15.properties.headerBytes,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 1024 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/headerBytes",keyword:"minimum",params:{comparison: ">=", limit: 1024},parentSchema:schema15.properties.headerBytes,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.headerCount !== undefined){
let data1 = data.headerCount;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/headerCount",keyword:"type",params:{type: "integer"},parentSchema:schema15.properties.headerCount,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 10000 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/headerCount",keyword:"maximum",params:{comparison: "<=", limit: 10000},parentSchema:schema15.properties.headerCount,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1 < 10 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/headerCount",keyword:"minimum",params:{comparison: ">=", limit: 10},parentSchema:schema15.properties.headerCount,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.connections !== undefined){
let data2 = data.connections;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err7 = {instancePath:instancePath+"/connections",keyword:"type",params:{type: "integer"},parentSchema:schema15.properties.connections,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/connections",keyword:"maximum",params:{comparison: "<=", limit: 1000000},parentSchema:schema15.properties.connections,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err9 = {instancePath:instancePath+"/connections",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema15.properties.connections,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.inFlight !== undefined){
let data3 = data.inFlight;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err10 = {instancePath:instancePath+"/inFlight",keyword:"type",params:{type: "integer"},parentSchema:schema15.properties.inFlight,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 1000000 || isNaN(data3)){
const err11 = {instancePath:instancePath+"/inFlight",keyword:"maximum",params:{comparison: "<=", limit: 1000000},parentSchema:schema15.properties.inFlight,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err12 = {instancePath:instancePath+"/inFlight",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema15.properties.inFlight,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data.streamsPerConnection !== undefined){
let data4 = data.streamsPerConnection;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err13 = {instancePath:instancePath+"/streamsPerConnection",keyword:"type",params:{type: "integer"},parentSchema:schema15.properties.streamsPerConnection,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 65536 || isNaN(data4)){
const err14 = {instancePath:instancePath+"/streamsPerConnection",keyword:"maximum",params:{comparison: "<=", limit: 65536},parentSchema:schema15.properties.streamsPerConnection,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data4 < 1 || isNaN(data4)){
const err15 = {instancePath:instancePath+"/streamsPerConnection",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema15.properties.streamsPerConnection,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
if(data.bodyBytes !== undefined){
let data5 = data.bodyBytes;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err16 = {instancePath:instancePath+"/bodyBytes",keyword:"type",params:{type: "integer"},parentSchema:schema15.properties.bodyBytes,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 9007199254740991 || isNaN(data5)){
const err17 = {instancePath:instancePath+"/bodyBytes",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},parentSchema:schema15.properties.bodyBytes,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data5 < 0 || isNaN(data5)){
const err18 = {instancePath:instancePath+"/bodyBytes",keyword:"minimum",params:{comparison: ">=", limit: 0},parentSchema:schema15.properties.bodyBytes,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
}
else {
const err19 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
validate44.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((func2.call(schema6.properties, key0)) || (pattern0.test(key0)))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/$schema",keyword:"type",params:{type: "string"},schema:schema6.properties.$schema.type,parentSchema:schema6.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.outbound !== undefined){
let data1 = data.outbound;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
if(!(func2.call(schema6.properties.outbound.properties, key1))){
const err2 = {instancePath:instancePath+"/outbound",keyword:"additionalProperties",params:{additionalProperty: key1},parentSchema:schema6.properties.outbound,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data1.enabled !== undefined){
let data2 = data1.enabled;
if(typeof data2 !== "boolean"){
const err3 = {instancePath:instancePath+"/outbound/enabled",keyword:"type",params:{type: "boolean"},parentSchema:schema6.properties.outbound.properties.enabled,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data1.listen !== undefined){
if(!(validate22(data1.listen, {instancePath:instancePath+"/outbound/listen"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data1.tls !== undefined){
if(!(validate24(data1.tls, {instancePath:instancePath+"/outbound/tls"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data1.destination !== undefined){
let data5 = data1.destination;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.mode === undefined){
const err4 = {instancePath:instancePath+"/outbound/destination",keyword:"required",params:{missingProperty: "mode"},parentSchema:schema6.properties.outbound.properties.destination,data:data5};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key2 in data5){
if(!(((key2 === "mode") || (key2 === "target")) || (key2 === "routes"))){
const err5 = {instancePath:instancePath+"/outbound/destination",keyword:"additionalProperties",params:{additionalProperty: key2},parentSchema:schema6.properties.outbound.properties.destination,data:data5};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data5.mode !== undefined){
let data6 = data5.mode;
if(!(((data6 === "host") || (data6 === "upstream")) || (data6 === "routes"))){
const err6 = {instancePath:instancePath+"/outbound/destination/mode",keyword:"enum",params:{allowedValues: schema6.properties.outbound.properties.destination.properties.mode.enum},parentSchema:schema6.properties.outbound.properties.destination.properties.mode,data:data6};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data5.target !== undefined){
if(!(validate26(data5.target, {instancePath:instancePath+"/outbound/destination/target"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data5.routes !== undefined){
let data8 = data5.routes;
if(Array.isArray(data8)){
if(data8.length > 1000){
const err7 = {instancePath:instancePath+"/outbound/destination/routes",keyword:"maxItems",params:{limit: 1000},parentSchema:schema6.properties.outbound.properties.destination.properties.routes,data:data8};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data8.length < 1){
const err8 = {instancePath:instancePath+"/outbound/destination/routes",keyword:"minItems",params:{limit: 1},parentSchema:schema6.properties.outbound.properties.destination.properties.routes,data:data8};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
if(!(validate34(data8[i0], {instancePath:instancePath+"/outbound/destination/routes/" + i0}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath:instancePath+"/outbound/destination/routes",keyword:"type",params:{type: "array"},parentSchema:schema6.properties.outbound.properties.destination.properties.routes,data:data8};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/outbound/destination",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.outbound.properties.destination,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data1.allow !== undefined){
let data10 = data1.allow;
if(Array.isArray(data10)){
if(data10.length > 1000){
const err11 = {instancePath:instancePath+"/outbound/allow",keyword:"maxItems",params:{limit: 1000},parentSchema:schema6.properties.outbound.properties.allow,data:data10};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
let data11 = data10[i1];
if(typeof data11 === "string"){
if(data11.length > 253){
const err12 = {instancePath:instancePath+"/outbound/allow/" + i1,keyword:"maxLength",params:{limit: 253},parentSchema:schema6.properties.outbound.properties.allow.items,data:data11};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data11.length < 1){
const err13 = {instancePath:instancePath+"/outbound/allow/" + i1,keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.outbound.properties.allow.items,data:data11};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(!pattern14.test(data11)){
const err14 = {instancePath:instancePath+"/outbound/allow/" + i1,keyword:"pattern",params:{pattern: "^(?:\\*\\.)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*$|^\\[[0-9A-Fa-f:.]+\\]$"},parentSchema:schema6.properties.outbound.properties.allow.items,data:data11};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/outbound/allow/" + i1,keyword:"type",params:{type: "string"},parentSchema:schema6.properties.outbound.properties.allow.items,data:data11};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/outbound/allow",keyword:"type",params:{type: "array"},parentSchema:schema6.properties.outbound.properties.allow,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data1.signing !== undefined){
if(!(validate29(data1.signing, {instancePath:instancePath+"/outbound/signing"}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
}
if(data1.upstream !== undefined){
if(!(validate27(data1.upstream, {instancePath:instancePath+"/outbound/upstream"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data1.pool !== undefined){
if(!(validate41(data1.pool, {instancePath:instancePath+"/outbound/pool"}))){
vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
errors = vErrors.length;
}
}
if(data1.timeouts !== undefined){
if(!(validate31(data1.timeouts, {instancePath:instancePath+"/outbound/timeouts"}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data1.retries !== undefined){
let data16 = data1.retries;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
for(const key3 in data16){
if(!((((key3 === "attempts") || (key3 === "statuses")) || (key3 === "methods")) || (key3 === "bodyBytesMax"))){
const err17 = {instancePath:instancePath+"/outbound/retries",keyword:"additionalProperties",params:{additionalProperty: key3},parentSchema:schema6.properties.outbound.properties.retries,data:data16};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data16.attempts !== undefined){
let data17 = data16.attempts;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
const err18 = {instancePath:instancePath+"/outbound/retries/attempts",keyword:"type",params:{type: "integer"},parentSchema:schema6.properties.outbound.properties.retries.properties.attempts,data:data17};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 20 || isNaN(data17)){
const err19 = {instancePath:instancePath+"/outbound/retries/attempts",keyword:"maximum",params:{comparison: "<=", limit: 20},parentSchema:schema6.properties.outbound.properties.retries.properties.attempts,data:data17};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data17 < 1 || isNaN(data17)){
const err20 = {instancePath:instancePath+"/outbound/retries/attempts",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema6.properties.outbound.properties.retries.properties.attempts,data:data17};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
if(data16.statuses !== undefined){
let data18 = data16.statuses;
if(Array.isArray(data18)){
if(data18.length > 200){
const err21 = {instancePath:instancePath+"/outbound/retries/statuses",keyword:"maxItems",params:{limit: 200},parentSchema:schema6.properties.outbound.properties.retries.properties.statuses,data:data18};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
const len2 = data18.length;
for(let i2=0; i2<len2; i2++){
let data19 = data18[i2];
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
const err22 = {instancePath:instancePath+"/outbound/retries/statuses/" + i2,keyword:"type",params:{type: "integer"},parentSchema:schema6.properties.outbound.properties.retries.properties.statuses.items,data:data19};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 599 || isNaN(data19)){
const err23 = {instancePath:instancePath+"/outbound/retries/statuses/" + i2,keyword:"maximum",params:{comparison: "<=", limit: 599},parentSchema:schema6.properties.outbound.properties.retries.properties.statuses.items,data:data19};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data19 < 400 || isNaN(data19)){
const err24 = {instancePath:instancePath+"/outbound/retries/statuses/" + i2,keyword:"minimum",params:{comparison: ">=", limit: 400},parentSchema:schema6.properties.outbound.properties.retries.properties.statuses.items,data:data19};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
}
else {
const err25 = {instancePath:instancePath+"/outbound/retries/statuses",keyword:"type",params:{type: "array"},parentSchema:schema6.properties.outbound.properties.retries.properties.statuses,data:data18};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data16.methods !== undefined){
let data20 = data16.methods;
if(Array.isArray(data20)){
if(data20.length > 200){
const err26 = {instancePath:instancePath+"/outbound/retries/methods",keyword:"maxItems",params:{limit: 200},parentSchema:schema6.properties.outbound.properties.retries.properties.methods,data:data20};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
const len3 = data20.length;
for(let i3=0; i3<len3; i3++){
let data21 = data20[i3];
if(typeof data21 === "string"){
if(data21.length > 40){
const err27 = {instancePath:instancePath+"/outbound/retries/methods/" + i3,keyword:"maxLength",params:{limit: 40},parentSchema:schema6.properties.outbound.properties.retries.properties.methods.items,data:data21};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data21.length < 1){
const err28 = {instancePath:instancePath+"/outbound/retries/methods/" + i3,keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.outbound.properties.retries.properties.methods.items,data:data21};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(!pattern8.test(data21)){
const err29 = {instancePath:instancePath+"/outbound/retries/methods/" + i3,keyword:"pattern",params:{pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},parentSchema:schema6.properties.outbound.properties.retries.properties.methods.items,data:data21};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/outbound/retries/methods/" + i3,keyword:"type",params:{type: "string"},parentSchema:schema6.properties.outbound.properties.retries.properties.methods.items,data:data21};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/outbound/retries/methods",keyword:"type",params:{type: "array"},parentSchema:schema6.properties.outbound.properties.retries.properties.methods,data:data20};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data16.bodyBytesMax !== undefined){
let data22 = data16.bodyBytesMax;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
const err32 = {instancePath:instancePath+"/outbound/retries/bodyBytesMax",keyword:"type",params:{type: "integer"},parentSchema:schema6.properties.outbound.properties.retries.properties.bodyBytesMax,data:data22};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 > 16777216 || isNaN(data22)){
const err33 = {instancePath:instancePath+"/outbound/retries/bodyBytesMax",keyword:"maximum",params:{comparison: "<=", limit: 16777216},parentSchema:schema6.properties.outbound.properties.retries.properties.bodyBytesMax,data:data22};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data22 < 0 || isNaN(data22)){
const err34 = {instancePath:instancePath+"/outbound/retries/bodyBytesMax",keyword:"minimum",params:{comparison: ">=", limit: 0},parentSchema:schema6.properties.outbound.properties.retries.properties.bodyBytesMax,data:data22};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
}
else {
const err35 = {instancePath:instancePath+"/outbound/retries",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.outbound.properties.retries,data:data16};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data1.limits !== undefined){
if(!(validate44(data1.limits, {instancePath:instancePath+"/outbound/limits"}))){
vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
errors = vErrors.length;
}
}
if(data1.preflight !== undefined){
let data24 = data1.preflight;
if(!(((data24 === "off") || (data24 === "shadow")) || (data24 === "enforce"))){
const err36 = {instancePath:instancePath+"/outbound/preflight",keyword:"enum",params:{allowedValues: schema6.properties.outbound.properties.preflight.enum},parentSchema:schema6.properties.outbound.properties.preflight,data:data24};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/outbound",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.outbound,data:data1};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.inbound !== undefined){
let data25 = data.inbound;
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
for(const key4 in data25){
if(!(func2.call(schema6.properties.inbound.properties, key4))){
const err38 = {instancePath:instancePath+"/inbound",keyword:"additionalProperties",params:{additionalProperty: key4},parentSchema:schema6.properties.inbound,data:data25};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data25.enabled !== undefined){
let data26 = data25.enabled;
if(typeof data26 !== "boolean"){
const err39 = {instancePath:instancePath+"/inbound/enabled",keyword:"type",params:{type: "boolean"},parentSchema:schema6.properties.inbound.properties.enabled,data:data26};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data25.listen !== undefined){
if(!(validate22(data25.listen, {instancePath:instancePath+"/inbound/listen"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data25.tls !== undefined){
if(!(validate24(data25.tls, {instancePath:instancePath+"/inbound/tls"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data25.app !== undefined){
let data29 = data25.app;
if(typeof data29 === "string"){
if(data29.length > 262){
const err40 = {instancePath:instancePath+"/inbound/app",keyword:"maxLength",params:{limit: 262},parentSchema:schema6.properties.inbound.properties.app,data:data29};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(data29.length < 1){
const err41 = {instancePath:instancePath+"/inbound/app",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.inbound.properties.app,data:data29};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if(!pattern2.test(data29)){
const err42 = {instancePath:instancePath+"/inbound/app",keyword:"pattern",params:{pattern: "^(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$"},parentSchema:schema6.properties.inbound.properties.app,data:data29};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/inbound/app",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.inbound.properties.app,data:data29};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data25.appProtocol !== undefined){
let data30 = data25.appProtocol;
if(!((data30 === "h1") || (data30 === "h2"))){
const err44 = {instancePath:instancePath+"/inbound/appProtocol",keyword:"enum",params:{allowedValues: schema6.properties.inbound.properties.appProtocol.enum},parentSchema:schema6.properties.inbound.properties.appProtocol,data:data30};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data25.trustedPeers !== undefined){
let data31 = data25.trustedPeers;
if(Array.isArray(data31)){
if(data31.length > 1000){
const err45 = {instancePath:instancePath+"/inbound/trustedPeers",keyword:"maxItems",params:{limit: 1000},parentSchema:schema6.properties.inbound.properties.trustedPeers,data:data31};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
const len4 = data31.length;
for(let i4=0; i4<len4; i4++){
let data32 = data31[i4];
if(typeof data32 === "string"){
if(data32.length > 64){
const err46 = {instancePath:instancePath+"/inbound/trustedPeers/" + i4,keyword:"maxLength",params:{limit: 64},parentSchema:schema6.properties.inbound.properties.trustedPeers.items,data:data32};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(data32.length < 1){
const err47 = {instancePath:instancePath+"/inbound/trustedPeers/" + i4,keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.inbound.properties.trustedPeers.items,data:data32};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(!pattern22.test(data32)){
const err48 = {instancePath:instancePath+"/inbound/trustedPeers/" + i4,keyword:"pattern",params:{pattern: "^[0-9A-Fa-f:.]+(?:/[0-9]{1,3})?$"},parentSchema:schema6.properties.inbound.properties.trustedPeers.items,data:data32};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
else {
const err49 = {instancePath:instancePath+"/inbound/trustedPeers/" + i4,keyword:"type",params:{type: "string"},parentSchema:schema6.properties.inbound.properties.trustedPeers.items,data:data32};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
else {
const err50 = {instancePath:instancePath+"/inbound/trustedPeers",keyword:"type",params:{type: "array"},parentSchema:schema6.properties.inbound.properties.trustedPeers,data:data31};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data25.mode !== undefined){
let data33 = data25.mode;
if(!(((data33 === "off") || (data33 === "shadow")) || (data33 === "enforce"))){
const err51 = {instancePath:instancePath+"/inbound/mode",keyword:"enum",params:{allowedValues: schema6.properties.inbound.properties.mode.enum},parentSchema:schema6.properties.inbound.properties.mode,data:data33};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data25.pool !== undefined){
if(!(validate41(data25.pool, {instancePath:instancePath+"/inbound/pool"}))){
vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
errors = vErrors.length;
}
}
if(data25.timeouts !== undefined){
if(!(validate31(data25.timeouts, {instancePath:instancePath+"/inbound/timeouts"}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data25.limits !== undefined){
if(!(validate44(data25.limits, {instancePath:instancePath+"/inbound/limits"}))){
vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
errors = vErrors.length;
}
}
if(data25.service !== undefined){
let data37 = data25.service;
if(typeof data37 === "string"){
if(data37.length > 4096){
const err52 = {instancePath:instancePath+"/inbound/service",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.inbound.properties.service,data:data37};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data37.length < 1){
const err53 = {instancePath:instancePath+"/inbound/service",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.inbound.properties.service,data:data37};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
else {
const err54 = {instancePath:instancePath+"/inbound/service",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.inbound.properties.service,data:data37};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data25.verify !== undefined){
let data38 = data25.verify;
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
if(data38.keysFile === undefined){
const err55 = {instancePath:instancePath+"/inbound/verify",keyword:"required",params:{missingProperty: "keysFile"},parentSchema:schema6.properties.inbound.properties.verify,data:data38};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(data38.region === undefined){
const err56 = {instancePath:instancePath+"/inbound/verify",keyword:"required",params:{missingProperty: "region"},parentSchema:schema6.properties.inbound.properties.verify,data:data38};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
for(const key5 in data38){
if(!((key5 === "keysFile") || (key5 === "region"))){
const err57 = {instancePath:instancePath+"/inbound/verify",keyword:"additionalProperties",params:{additionalProperty: key5},parentSchema:schema6.properties.inbound.properties.verify,data:data38};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data38.keysFile !== undefined){
let data39 = data38.keysFile;
if(typeof data39 === "string"){
if(data39.length > 4096){
const err58 = {instancePath:instancePath+"/inbound/verify/keysFile",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.inbound.properties.verify.properties.keysFile,data:data39};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if(data39.length < 1){
const err59 = {instancePath:instancePath+"/inbound/verify/keysFile",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.inbound.properties.verify.properties.keysFile,data:data39};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
else {
const err60 = {instancePath:instancePath+"/inbound/verify/keysFile",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.inbound.properties.verify.properties.keysFile,data:data39};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data38.region !== undefined){
let data40 = data38.region;
if(typeof data40 === "string"){
if(data40.length > 4096){
const err61 = {instancePath:instancePath+"/inbound/verify/region",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.inbound.properties.verify.properties.region,data:data40};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if(data40.length < 1){
const err62 = {instancePath:instancePath+"/inbound/verify/region",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.inbound.properties.verify.properties.region,data:data40};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if(!pattern23.test(data40)){
const err63 = {instancePath:instancePath+"/inbound/verify/region",keyword:"pattern",params:{pattern: "^[a-z0-9-]+$"},parentSchema:schema6.properties.inbound.properties.verify.properties.region,data:data40};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
else {
const err64 = {instancePath:instancePath+"/inbound/verify/region",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.inbound.properties.verify.properties.region,data:data40};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
}
else {
const err65 = {instancePath:instancePath+"/inbound/verify",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.inbound.properties.verify,data:data38};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
else {
const err66 = {instancePath:instancePath+"/inbound",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.inbound,data:data25};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data.extAuthz !== undefined){
let data41 = data.extAuthz;
if(data41 && typeof data41 == "object" && !Array.isArray(data41)){
for(const key6 in data41){
if(!(func2.call(schema6.properties.extAuthz.properties, key6))){
const err67 = {instancePath:instancePath+"/extAuthz",keyword:"additionalProperties",params:{additionalProperty: key6},parentSchema:schema6.properties.extAuthz,data:data41};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data41.enabled !== undefined){
let data42 = data41.enabled;
if(typeof data42 !== "boolean"){
const err68 = {instancePath:instancePath+"/extAuthz/enabled",keyword:"type",params:{type: "boolean"},parentSchema:schema6.properties.extAuthz.properties.enabled,data:data42};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data41.listen !== undefined){
if(!(validate22(data41.listen, {instancePath:instancePath+"/extAuthz/listen"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data41.tls !== undefined){
if(!(validate24(data41.tls, {instancePath:instancePath+"/extAuthz/tls"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data41.mode !== undefined){
let data45 = data41.mode;
if(!((data45 === "shadow") || (data45 === "enforce"))){
const err69 = {instancePath:instancePath+"/extAuthz/mode",keyword:"enum",params:{allowedValues: schema6.properties.extAuthz.properties.mode.enum},parentSchema:schema6.properties.extAuthz.properties.mode,data:data45};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data41.service !== undefined){
let data46 = data41.service;
if(typeof data46 === "string"){
if(data46.length > 4096){
const err70 = {instancePath:instancePath+"/extAuthz/service",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.extAuthz.properties.service,data:data46};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
if(data46.length < 1){
const err71 = {instancePath:instancePath+"/extAuthz/service",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.extAuthz.properties.service,data:data46};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
else {
const err72 = {instancePath:instancePath+"/extAuthz/service",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.extAuthz.properties.service,data:data46};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data41.serviceNetwork !== undefined){
let data47 = data41.serviceNetwork;
if(typeof data47 === "string"){
if(data47.length > 4096){
const err73 = {instancePath:instancePath+"/extAuthz/serviceNetwork",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.extAuthz.properties.serviceNetwork,data:data47};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
if(data47.length < 1){
const err74 = {instancePath:instancePath+"/extAuthz/serviceNetwork",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.extAuthz.properties.serviceNetwork,data:data47};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
else {
const err75 = {instancePath:instancePath+"/extAuthz/serviceNetwork",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.extAuthz.properties.serviceNetwork,data:data47};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data41.sourceVpc !== undefined){
let data48 = data41.sourceVpc;
if(typeof data48 === "string"){
if(data48.length > 4096){
const err76 = {instancePath:instancePath+"/extAuthz/sourceVpc",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.extAuthz.properties.sourceVpc,data:data48};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(data48.length < 1){
const err77 = {instancePath:instancePath+"/extAuthz/sourceVpc",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.extAuthz.properties.sourceVpc,data:data48};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
else {
const err78 = {instancePath:instancePath+"/extAuthz/sourceVpc",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.extAuthz.properties.sourceVpc,data:data48};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data41.trustedPeers !== undefined){
let data49 = data41.trustedPeers;
if(Array.isArray(data49)){
if(data49.length > 1000){
const err79 = {instancePath:instancePath+"/extAuthz/trustedPeers",keyword:"maxItems",params:{limit: 1000},parentSchema:schema6.properties.extAuthz.properties.trustedPeers,data:data49};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
const len5 = data49.length;
for(let i5=0; i5<len5; i5++){
let data50 = data49[i5];
if(typeof data50 === "string"){
if(data50.length > 64){
const err80 = {instancePath:instancePath+"/extAuthz/trustedPeers/" + i5,keyword:"maxLength",params:{limit: 64},parentSchema:schema6.properties.extAuthz.properties.trustedPeers.items,data:data50};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
if(data50.length < 1){
const err81 = {instancePath:instancePath+"/extAuthz/trustedPeers/" + i5,keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.extAuthz.properties.trustedPeers.items,data:data50};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if(!pattern22.test(data50)){
const err82 = {instancePath:instancePath+"/extAuthz/trustedPeers/" + i5,keyword:"pattern",params:{pattern: "^[0-9A-Fa-f:.]+(?:/[0-9]{1,3})?$"},parentSchema:schema6.properties.extAuthz.properties.trustedPeers.items,data:data50};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
else {
const err83 = {instancePath:instancePath+"/extAuthz/trustedPeers/" + i5,keyword:"type",params:{type: "string"},parentSchema:schema6.properties.extAuthz.properties.trustedPeers.items,data:data50};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
}
else {
const err84 = {instancePath:instancePath+"/extAuthz/trustedPeers",keyword:"type",params:{type: "array"},parentSchema:schema6.properties.extAuthz.properties.trustedPeers,data:data49};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data41.principals !== undefined){
let data51 = data41.principals;
if(data51 && typeof data51 == "object" && !Array.isArray(data51)){
if(Object.keys(data51).length > 1000){
const err85 = {instancePath:instancePath+"/extAuthz/principals",keyword:"maxProperties",params:{limit: 1000},parentSchema:schema6.properties.extAuthz.properties.principals,data:data51};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
for(const key7 in data51){
let data52 = data51[key7];
if(typeof data52 === "string"){
if(data52.length > 2048){
const err86 = {instancePath:instancePath+"/extAuthz/principals/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"maxLength",params:{limit: 2048},parentSchema:schema6.properties.extAuthz.properties.principals.additionalProperties,data:data52};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
if(data52.length < 1){
const err87 = {instancePath:instancePath+"/extAuthz/principals/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.extAuthz.properties.principals.additionalProperties,data:data52};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
else {
const err88 = {instancePath:instancePath+"/extAuthz/principals/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "string"},parentSchema:schema6.properties.extAuthz.properties.principals.additionalProperties,data:data52};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
}
else {
const err89 = {instancePath:instancePath+"/extAuthz/principals",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.extAuthz.properties.principals,data:data51};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data41.verify !== undefined){
let data53 = data41.verify;
if(data53 && typeof data53 == "object" && !Array.isArray(data53)){
if(data53.keysFile === undefined){
const err90 = {instancePath:instancePath+"/extAuthz/verify",keyword:"required",params:{missingProperty: "keysFile"},parentSchema:schema6.properties.extAuthz.properties.verify,data:data53};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(data53.region === undefined){
const err91 = {instancePath:instancePath+"/extAuthz/verify",keyword:"required",params:{missingProperty: "region"},parentSchema:schema6.properties.extAuthz.properties.verify,data:data53};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
for(const key8 in data53){
if(!((key8 === "keysFile") || (key8 === "region"))){
const err92 = {instancePath:instancePath+"/extAuthz/verify",keyword:"additionalProperties",params:{additionalProperty: key8},parentSchema:schema6.properties.extAuthz.properties.verify,data:data53};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data53.keysFile !== undefined){
let data54 = data53.keysFile;
if(typeof data54 === "string"){
if(data54.length > 4096){
const err93 = {instancePath:instancePath+"/extAuthz/verify/keysFile",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.extAuthz.properties.verify.properties.keysFile,data:data54};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
if(data54.length < 1){
const err94 = {instancePath:instancePath+"/extAuthz/verify/keysFile",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.extAuthz.properties.verify.properties.keysFile,data:data54};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
else {
const err95 = {instancePath:instancePath+"/extAuthz/verify/keysFile",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.extAuthz.properties.verify.properties.keysFile,data:data54};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
if(data53.region !== undefined){
let data55 = data53.region;
if(typeof data55 === "string"){
if(data55.length > 4096){
const err96 = {instancePath:instancePath+"/extAuthz/verify/region",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.extAuthz.properties.verify.properties.region,data:data55};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
if(data55.length < 1){
const err97 = {instancePath:instancePath+"/extAuthz/verify/region",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.extAuthz.properties.verify.properties.region,data:data55};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
if(!pattern23.test(data55)){
const err98 = {instancePath:instancePath+"/extAuthz/verify/region",keyword:"pattern",params:{pattern: "^[a-z0-9-]+$"},parentSchema:schema6.properties.extAuthz.properties.verify.properties.region,data:data55};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
else {
const err99 = {instancePath:instancePath+"/extAuthz/verify/region",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.extAuthz.properties.verify.properties.region,data:data55};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
}
else {
const err100 = {instancePath:instancePath+"/extAuthz/verify",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.extAuthz.properties.verify,data:data53};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data41.decisionHeader !== undefined){
let data56 = data41.decisionHeader;
if(typeof data56 !== "boolean"){
const err101 = {instancePath:instancePath+"/extAuthz/decisionHeader",keyword:"type",params:{type: "boolean"},parentSchema:schema6.properties.extAuthz.properties.decisionHeader,data:data56};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data41.statusOnError !== undefined){
let data57 = data41.statusOnError;
if(!(((typeof data57 == "number") && (!(data57 % 1) && !isNaN(data57))) && (isFinite(data57)))){
const err102 = {instancePath:instancePath+"/extAuthz/statusOnError",keyword:"type",params:{type: "integer"},parentSchema:schema6.properties.extAuthz.properties.statusOnError,data:data57};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
if((typeof data57 == "number") && (isFinite(data57))){
if(data57 > 599 || isNaN(data57)){
const err103 = {instancePath:instancePath+"/extAuthz/statusOnError",keyword:"maximum",params:{comparison: "<=", limit: 599},parentSchema:schema6.properties.extAuthz.properties.statusOnError,data:data57};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
if(data57 < 400 || isNaN(data57)){
const err104 = {instancePath:instancePath+"/extAuthz/statusOnError",keyword:"minimum",params:{comparison: ">=", limit: 400},parentSchema:schema6.properties.extAuthz.properties.statusOnError,data:data57};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
}
if(data41.http !== undefined){
let data58 = data41.http;
if(data58 && typeof data58 == "object" && !Array.isArray(data58)){
for(const key9 in data58){
if(!(((key9 === "pathPrefix") || (key9 === "peerHeader")) || (key9 === "metadataHeaders"))){
const err105 = {instancePath:instancePath+"/extAuthz/http",keyword:"additionalProperties",params:{additionalProperty: key9},parentSchema:schema6.properties.extAuthz.properties.http,data:data58};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
if(data58.pathPrefix !== undefined){
let data59 = data58.pathPrefix;
if(typeof data59 === "string"){
if(data59.length > 200){
const err106 = {instancePath:instancePath+"/extAuthz/http/pathPrefix",keyword:"maxLength",params:{limit: 200},parentSchema:schema6.properties.extAuthz.properties.http.properties.pathPrefix,data:data59};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
if(data59.length < 2){
const err107 = {instancePath:instancePath+"/extAuthz/http/pathPrefix",keyword:"minLength",params:{limit: 2},parentSchema:schema6.properties.extAuthz.properties.http.properties.pathPrefix,data:data59};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
if(!pattern26.test(data59)){
const err108 = {instancePath:instancePath+"/extAuthz/http/pathPrefix",keyword:"pattern",params:{pattern: "^(?:/[A-Za-z0-9_-]+)+$"},parentSchema:schema6.properties.extAuthz.properties.http.properties.pathPrefix,data:data59};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
else {
const err109 = {instancePath:instancePath+"/extAuthz/http/pathPrefix",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.extAuthz.properties.http.properties.pathPrefix,data:data59};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
if(data58.peerHeader !== undefined){
let data60 = data58.peerHeader;
if(typeof data60 === "string"){
if(data60.length > 200){
const err110 = {instancePath:instancePath+"/extAuthz/http/peerHeader",keyword:"maxLength",params:{limit: 200},parentSchema:schema6.properties.extAuthz.properties.http.properties.peerHeader,data:data60};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
if(data60.length < 1){
const err111 = {instancePath:instancePath+"/extAuthz/http/peerHeader",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.extAuthz.properties.http.properties.peerHeader,data:data60};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
if(!pattern27.test(data60)){
const err112 = {instancePath:instancePath+"/extAuthz/http/peerHeader",keyword:"pattern",params:{pattern: "^[A-Za-z0-9-]+$"},parentSchema:schema6.properties.extAuthz.properties.http.properties.peerHeader,data:data60};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
else {
const err113 = {instancePath:instancePath+"/extAuthz/http/peerHeader",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.extAuthz.properties.http.properties.peerHeader,data:data60};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
if(data58.metadataHeaders !== undefined){
let data61 = data58.metadataHeaders;
if(typeof data61 !== "boolean"){
const err114 = {instancePath:instancePath+"/extAuthz/http/metadataHeaders",keyword:"type",params:{type: "boolean"},parentSchema:schema6.properties.extAuthz.properties.http.properties.metadataHeaders,data:data61};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
}
else {
const err115 = {instancePath:instancePath+"/extAuthz/http",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.extAuthz.properties.http,data:data58};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
if(data41.timeouts !== undefined){
let data62 = data41.timeouts;
if(data62 && typeof data62 == "object" && !Array.isArray(data62)){
for(const key10 in data62){
if(!((key10 === "requestMs") || (key10 === "keepAliveMs"))){
const err116 = {instancePath:instancePath+"/extAuthz/timeouts",keyword:"additionalProperties",params:{additionalProperty: key10},parentSchema:schema6.properties.extAuthz.properties.timeouts,data:data62};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data62.requestMs !== undefined){
let data63 = data62.requestMs;
if(!(((typeof data63 == "number") && (!(data63 % 1) && !isNaN(data63))) && (isFinite(data63)))){
const err117 = {instancePath:instancePath+"/extAuthz/timeouts/requestMs",keyword:"type",params:{type: "integer"},parentSchema:schema6.properties.extAuthz.properties.timeouts.properties.requestMs,data:data63};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
if((typeof data63 == "number") && (isFinite(data63))){
if(data63 > 86400000 || isNaN(data63)){
const err118 = {instancePath:instancePath+"/extAuthz/timeouts/requestMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema6.properties.extAuthz.properties.timeouts.properties.requestMs,data:data63};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
if(data63 < 1 || isNaN(data63)){
const err119 = {instancePath:instancePath+"/extAuthz/timeouts/requestMs",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema6.properties.extAuthz.properties.timeouts.properties.requestMs,data:data63};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
}
if(data62.keepAliveMs !== undefined){
let data64 = data62.keepAliveMs;
if(!(((typeof data64 == "number") && (!(data64 % 1) && !isNaN(data64))) && (isFinite(data64)))){
const err120 = {instancePath:instancePath+"/extAuthz/timeouts/keepAliveMs",keyword:"type",params:{type: "integer"},parentSchema:schema6.properties.extAuthz.properties.timeouts.properties.keepAliveMs,data:data64};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
if((typeof data64 == "number") && (isFinite(data64))){
if(data64 > 86400000 || isNaN(data64)){
const err121 = {instancePath:instancePath+"/extAuthz/timeouts/keepAliveMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema6.properties.extAuthz.properties.timeouts.properties.keepAliveMs,data:data64};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
if(data64 < 1 || isNaN(data64)){
const err122 = {instancePath:instancePath+"/extAuthz/timeouts/keepAliveMs",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema6.properties.extAuthz.properties.timeouts.properties.keepAliveMs,data:data64};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
}
}
else {
const err123 = {instancePath:instancePath+"/extAuthz/timeouts",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.extAuthz.properties.timeouts,data:data62};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
if(data41.limits !== undefined){
if(!(validate44(data41.limits, {instancePath:instancePath+"/extAuthz/limits"}))){
vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
errors = vErrors.length;
}
}
}
else {
const err124 = {instancePath:instancePath+"/extAuthz",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.extAuthz,data:data41};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
if(data.admin !== undefined){
let data66 = data.admin;
if(data66 && typeof data66 == "object" && !Array.isArray(data66)){
for(const key11 in data66){
if(!(((key11 === "enabled") || (key11 === "listen")) || (key11 === "shutdown"))){
const err125 = {instancePath:instancePath+"/admin",keyword:"additionalProperties",params:{additionalProperty: key11},parentSchema:schema6.properties.admin,data:data66};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
if(data66.enabled !== undefined){
let data67 = data66.enabled;
if(typeof data67 !== "boolean"){
const err126 = {instancePath:instancePath+"/admin/enabled",keyword:"type",params:{type: "boolean"},parentSchema:schema6.properties.admin.properties.enabled,data:data67};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
if(data66.listen !== undefined){
if(!(validate22(data66.listen, {instancePath:instancePath+"/admin/listen"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data66.shutdown !== undefined){
let data69 = data66.shutdown;
if(typeof data69 !== "boolean"){
const err127 = {instancePath:instancePath+"/admin/shutdown",keyword:"type",params:{type: "boolean"},parentSchema:schema6.properties.admin.properties.shutdown,data:data69};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
}
else {
const err128 = {instancePath:instancePath+"/admin",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.admin,data:data66};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
if(data.credentials !== undefined){
let data70 = data.credentials;
if(data70 && typeof data70 == "object" && !Array.isArray(data70)){
for(const key12 in data70){
if(!(((((((key12 === "roleArn") || (key12 === "externalId")) || (key12 === "sessionName")) || (key12 === "durationSeconds")) || (key12 === "profile")) || (key12 === "stsEndpoint")) || (key12 === "stsRegion"))){
const err129 = {instancePath:instancePath+"/credentials",keyword:"additionalProperties",params:{additionalProperty: key12},parentSchema:schema6.properties.credentials,data:data70};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
if(data70.roleArn !== undefined){
let data71 = data70.roleArn;
if(typeof data71 === "string"){
if(data71.length > 4096){
const err130 = {instancePath:instancePath+"/credentials/roleArn",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.credentials.properties.roleArn,data:data71};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
if(data71.length < 1){
const err131 = {instancePath:instancePath+"/credentials/roleArn",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.credentials.properties.roleArn,data:data71};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
if(!pattern28.test(data71)){
const err132 = {instancePath:instancePath+"/credentials/roleArn",keyword:"pattern",params:{pattern: "^arn:[a-z-]+:iam::[0-9]{12}:role/.+$"},parentSchema:schema6.properties.credentials.properties.roleArn,data:data71};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
else {
const err133 = {instancePath:instancePath+"/credentials/roleArn",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.credentials.properties.roleArn,data:data71};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
if(data70.externalId !== undefined){
let data72 = data70.externalId;
if(typeof data72 === "string"){
if(data72.length > 1224){
const err134 = {instancePath:instancePath+"/credentials/externalId",keyword:"maxLength",params:{limit: 1224},parentSchema:schema6.properties.credentials.properties.externalId,data:data72};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
if(data72.length < 1){
const err135 = {instancePath:instancePath+"/credentials/externalId",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.credentials.properties.externalId,data:data72};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
else {
const err136 = {instancePath:instancePath+"/credentials/externalId",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.credentials.properties.externalId,data:data72};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(data70.sessionName !== undefined){
let data73 = data70.sessionName;
if(typeof data73 === "string"){
if(data73.length > 4096){
const err137 = {instancePath:instancePath+"/credentials/sessionName",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.credentials.properties.sessionName,data:data73};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
if(data73.length < 1){
const err138 = {instancePath:instancePath+"/credentials/sessionName",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.credentials.properties.sessionName,data:data73};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
else {
const err139 = {instancePath:instancePath+"/credentials/sessionName",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.credentials.properties.sessionName,data:data73};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
if(data70.durationSeconds !== undefined){
let data74 = data70.durationSeconds;
if(!(((typeof data74 == "number") && (!(data74 % 1) && !isNaN(data74))) && (isFinite(data74)))){
const err140 = {instancePath:instancePath+"/credentials/durationSeconds",keyword:"type",params:{type: "integer"},parentSchema:schema6.properties.credentials.properties.durationSeconds,data:data74};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
if((typeof data74 == "number") && (isFinite(data74))){
if(data74 > 43200 || isNaN(data74)){
const err141 = {instancePath:instancePath+"/credentials/durationSeconds",keyword:"maximum",params:{comparison: "<=", limit: 43200},parentSchema:schema6.properties.credentials.properties.durationSeconds,data:data74};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
if(data74 < 900 || isNaN(data74)){
const err142 = {instancePath:instancePath+"/credentials/durationSeconds",keyword:"minimum",params:{comparison: ">=", limit: 900},parentSchema:schema6.properties.credentials.properties.durationSeconds,data:data74};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
}
if(data70.profile !== undefined){
let data75 = data70.profile;
if(typeof data75 === "string"){
if(data75.length > 4096){
const err143 = {instancePath:instancePath+"/credentials/profile",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.credentials.properties.profile,data:data75};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
if(data75.length < 1){
const err144 = {instancePath:instancePath+"/credentials/profile",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.credentials.properties.profile,data:data75};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
else {
const err145 = {instancePath:instancePath+"/credentials/profile",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.credentials.properties.profile,data:data75};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
if(data70.stsEndpoint !== undefined){
let data76 = data70.stsEndpoint;
if(typeof data76 === "string"){
if(data76.length > 4096){
const err146 = {instancePath:instancePath+"/credentials/stsEndpoint",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.credentials.properties.stsEndpoint,data:data76};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
if(data76.length < 1){
const err147 = {instancePath:instancePath+"/credentials/stsEndpoint",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.credentials.properties.stsEndpoint,data:data76};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
if(!pattern29.test(data76)){
const err148 = {instancePath:instancePath+"/credentials/stsEndpoint",keyword:"pattern",params:{pattern: "^https?://[^\\s]+$"},parentSchema:schema6.properties.credentials.properties.stsEndpoint,data:data76};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
}
else {
const err149 = {instancePath:instancePath+"/credentials/stsEndpoint",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.credentials.properties.stsEndpoint,data:data76};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
if(data70.stsRegion !== undefined){
let data77 = data70.stsRegion;
if(typeof data77 === "string"){
if(data77.length > 4096){
const err150 = {instancePath:instancePath+"/credentials/stsRegion",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.credentials.properties.stsRegion,data:data77};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
if(data77.length < 1){
const err151 = {instancePath:instancePath+"/credentials/stsRegion",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.credentials.properties.stsRegion,data:data77};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
if(!pattern23.test(data77)){
const err152 = {instancePath:instancePath+"/credentials/stsRegion",keyword:"pattern",params:{pattern: "^[a-z0-9-]+$"},parentSchema:schema6.properties.credentials.properties.stsRegion,data:data77};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
else {
const err153 = {instancePath:instancePath+"/credentials/stsRegion",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.credentials.properties.stsRegion,data:data77};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
}
else {
const err154 = {instancePath:instancePath+"/credentials",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.credentials,data:data70};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
if(data.policies !== undefined){
let data78 = data.policies;
if(data78 && typeof data78 == "object" && !Array.isArray(data78)){
for(const key13 in data78){
if(!(((((key13 === "stack") || (key13 === "inbound")) || (key13 === "caller")) || (key13 === "sourceVpc")) || (key13 === "pollMs"))){
const err155 = {instancePath:instancePath+"/policies",keyword:"additionalProperties",params:{additionalProperty: key13},parentSchema:schema6.properties.policies,data:data78};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
if(data78.stack !== undefined){
let data79 = data78.stack;
if(typeof data79 === "string"){
if(data79.length > 4096){
const err156 = {instancePath:instancePath+"/policies/stack",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.policies.properties.stack,data:data79};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
if(data79.length < 1){
const err157 = {instancePath:instancePath+"/policies/stack",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.policies.properties.stack,data:data79};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
else {
const err158 = {instancePath:instancePath+"/policies/stack",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.policies.properties.stack,data:data79};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
if(data78.inbound !== undefined){
let data80 = data78.inbound;
if(Array.isArray(data80)){
if(data80.length > 200){
const err159 = {instancePath:instancePath+"/policies/inbound",keyword:"maxItems",params:{limit: 200},parentSchema:schema6.properties.policies.properties.inbound,data:data80};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
const len6 = data80.length;
for(let i6=0; i6<len6; i6++){
let data81 = data80[i6];
if(typeof data81 === "string"){
if(data81.length > 4096){
const err160 = {instancePath:instancePath+"/policies/inbound/" + i6,keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.policies.properties.inbound.items,data:data81};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
if(data81.length < 1){
const err161 = {instancePath:instancePath+"/policies/inbound/" + i6,keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.policies.properties.inbound.items,data:data81};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
else {
const err162 = {instancePath:instancePath+"/policies/inbound/" + i6,keyword:"type",params:{type: "string"},parentSchema:schema6.properties.policies.properties.inbound.items,data:data81};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
}
}
else {
const err163 = {instancePath:instancePath+"/policies/inbound",keyword:"type",params:{type: "array"},parentSchema:schema6.properties.policies.properties.inbound,data:data80};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
}
if(data78.caller !== undefined){
let data82 = data78.caller;
if(typeof data82 === "string"){
if(data82.length > 4096){
const err164 = {instancePath:instancePath+"/policies/caller",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.policies.properties.caller,data:data82};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
if(data82.length < 1){
const err165 = {instancePath:instancePath+"/policies/caller",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.policies.properties.caller,data:data82};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
else {
const err166 = {instancePath:instancePath+"/policies/caller",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.policies.properties.caller,data:data82};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
}
if(data78.sourceVpc !== undefined){
let data83 = data78.sourceVpc;
if(typeof data83 === "string"){
if(data83.length > 4096){
const err167 = {instancePath:instancePath+"/policies/sourceVpc",keyword:"maxLength",params:{limit: 4096},parentSchema:schema6.properties.policies.properties.sourceVpc,data:data83};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
if(data83.length < 1){
const err168 = {instancePath:instancePath+"/policies/sourceVpc",keyword:"minLength",params:{limit: 1},parentSchema:schema6.properties.policies.properties.sourceVpc,data:data83};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
}
else {
const err169 = {instancePath:instancePath+"/policies/sourceVpc",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.policies.properties.sourceVpc,data:data83};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
if(data78.pollMs !== undefined){
let data84 = data78.pollMs;
if(!(((typeof data84 == "number") && (!(data84 % 1) && !isNaN(data84))) && (isFinite(data84)))){
const err170 = {instancePath:instancePath+"/policies/pollMs",keyword:"type",params:{type: "integer"},parentSchema:schema6.properties.policies.properties.pollMs,data:data84};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
if((typeof data84 == "number") && (isFinite(data84))){
if(data84 > 86400000 || isNaN(data84)){
const err171 = {instancePath:instancePath+"/policies/pollMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema6.properties.policies.properties.pollMs,data:data84};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
if(data84 < 100 || isNaN(data84)){
const err172 = {instancePath:instancePath+"/policies/pollMs",keyword:"minimum",params:{comparison: ">=", limit: 100},parentSchema:schema6.properties.policies.properties.pollMs,data:data84};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
}
}
}
else {
const err173 = {instancePath:instancePath+"/policies",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.policies,data:data78};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
}
if(data.log !== undefined){
let data85 = data.log;
if(data85 && typeof data85 == "object" && !Array.isArray(data85)){
for(const key14 in data85){
if(!(((key14 === "level") || (key14 === "access")) || (key14 === "signing"))){
const err174 = {instancePath:instancePath+"/log",keyword:"additionalProperties",params:{additionalProperty: key14},parentSchema:schema6.properties.log,data:data85};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
}
if(data85.level !== undefined){
let data86 = data85.level;
if(!(((((data86 === "silent") || (data86 === "error")) || (data86 === "warn")) || (data86 === "info")) || (data86 === "debug"))){
const err175 = {instancePath:instancePath+"/log/level",keyword:"enum",params:{allowedValues: schema6.properties.log.properties.level.enum},parentSchema:schema6.properties.log.properties.level,data:data86};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
}
if(data85.access !== undefined){
let data87 = data85.access;
if(!(((data87 === "off") || (data87 === "failed")) || (data87 === "all"))){
const err176 = {instancePath:instancePath+"/log/access",keyword:"enum",params:{allowedValues: schema6.properties.log.properties.access.enum},parentSchema:schema6.properties.log.properties.access,data:data87};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
}
if(data85.signing !== undefined){
let data88 = data85.signing;
if(typeof data88 !== "boolean"){
const err177 = {instancePath:instancePath+"/log/signing",keyword:"type",params:{type: "boolean"},parentSchema:schema6.properties.log.properties.signing,data:data88};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
}
}
else {
const err178 = {instancePath:instancePath+"/log",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.log,data:data85};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
}
if(data.drain !== undefined){
let data89 = data.drain;
if(data89 && typeof data89 == "object" && !Array.isArray(data89)){
for(const key15 in data89){
if(!((key15 === "deadlineMs") || (key15 === "lingerMs"))){
const err179 = {instancePath:instancePath+"/drain",keyword:"additionalProperties",params:{additionalProperty: key15},parentSchema:schema6.properties.drain,data:data89};
if(vErrors === null){
vErrors = [err179];
}
else {
vErrors.push(err179);
}
errors++;
}
}
if(data89.deadlineMs !== undefined){
let data90 = data89.deadlineMs;
if(!(((typeof data90 == "number") && (!(data90 % 1) && !isNaN(data90))) && (isFinite(data90)))){
const err180 = {instancePath:instancePath+"/drain/deadlineMs",keyword:"type",params:{type: "integer"},parentSchema:schema6.properties.drain.properties.deadlineMs,data:data90};
if(vErrors === null){
vErrors = [err180];
}
else {
vErrors.push(err180);
}
errors++;
}
if((typeof data90 == "number") && (isFinite(data90))){
if(data90 > 86400000 || isNaN(data90)){
const err181 = {instancePath:instancePath+"/drain/deadlineMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema6.properties.drain.properties.deadlineMs,data:data90};
if(vErrors === null){
vErrors = [err181];
}
else {
vErrors.push(err181);
}
errors++;
}
if(data90 < 0 || isNaN(data90)){
const err182 = {instancePath:instancePath+"/drain/deadlineMs",keyword:"minimum",params:{comparison: ">=", limit: 0},parentSchema:schema6.properties.drain.properties.deadlineMs,data:data90};
if(vErrors === null){
vErrors = [err182];
}
else {
vErrors.push(err182);
}
errors++;
}
}
}
if(data89.lingerMs !== undefined){
let data91 = data89.lingerMs;
if(!(((typeof data91 == "number") && (!(data91 % 1) && !isNaN(data91))) && (isFinite(data91)))){
const err183 = {instancePath:instancePath+"/drain/lingerMs",keyword:"type",params:{type: "integer"},parentSchema:schema6.properties.drain.properties.lingerMs,data:data91};
if(vErrors === null){
vErrors = [err183];
}
else {
vErrors.push(err183);
}
errors++;
}
if((typeof data91 == "number") && (isFinite(data91))){
if(data91 > 86400000 || isNaN(data91)){
const err184 = {instancePath:instancePath+"/drain/lingerMs",keyword:"maximum",params:{comparison: "<=", limit: 86400000},parentSchema:schema6.properties.drain.properties.lingerMs,data:data91};
if(vErrors === null){
vErrors = [err184];
}
else {
vErrors.push(err184);
}
errors++;
}
if(data91 < 0 || isNaN(data91)){
const err185 = {instancePath:instancePath+"/drain/lingerMs",keyword:"minimum",params:{comparison: ">=", limit: 0},parentSchema:schema6.properties.drain.properties.lingerMs,data:data91};
if(vErrors === null){
vErrors = [err185];
}
else {
vErrors.push(err185);
}
errors++;
}
}
}
}
else {
const err186 = {instancePath:instancePath+"/drain",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.drain,data:data89};
if(vErrors === null){
vErrors = [err186];
}
else {
vErrors.push(err186);
}
errors++;
}
}
if(data.workers !== undefined){
let data92 = data.workers;
if(!(((typeof data92 == "number") && (!(data92 % 1) && !isNaN(data92))) && (isFinite(data92)))){
const err187 = {instancePath:instancePath+"/workers",keyword:"type",params:{type: "integer"},parentSchema:schema6.properties.workers,data:data92};
if(vErrors === null){
vErrors = [err187];
}
else {
vErrors.push(err187);
}
errors++;
}
if((typeof data92 == "number") && (isFinite(data92))){
if(data92 > 64 || isNaN(data92)){
const err188 = {instancePath:instancePath+"/workers",keyword:"maximum",params:{comparison: "<=", limit: 64},parentSchema:schema6.properties.workers,data:data92};
if(vErrors === null){
vErrors = [err188];
}
else {
vErrors.push(err188);
}
errors++;
}
if(data92 < 1 || isNaN(data92)){
const err189 = {instancePath:instancePath+"/workers",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema6.properties.workers,data:data92};
if(vErrors === null){
vErrors = [err189];
}
else {
vErrors.push(err189);
}
errors++;
}
}
}
}
else {
const err190 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err190];
}
else {
vErrors.push(err190);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
