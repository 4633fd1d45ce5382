// @ts-nocheck
// Written by scripts/generate-schema.mjs from schema/stack.schema.json: do not edit; run `npm run generate`.
"use strict";
export const validateStack = validate21;
const schema6 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"urn:lattice-auth:stack:1","title":"Lattice stack","type":"object","required":["serviceNetworks","services"],"properties":{"$schema":{"type":"string"},"version":{"const":1},"description":{"type":"string"},"partition":{"enum":["aws","aws-cn","aws-us-gov"]},"region":{"$ref":"#/definitions/region"},"account":{"$ref":"#/definitions/accountRef"},"now":{"$ref":"#/definitions/time"},"accounts":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/account"}},"vpcs":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/vpc"}},"serviceNetworks":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/serviceNetwork"}},"services":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/service"}},"targetGroups":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/targetGroup"}},"principals":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/principal"}},"local":{"$ref":"#/definitions/local"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"definitions":{"name":{"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._@/-]{0,127}$","x-what":"a name: up to 128 letters, digits and `. _ @ / -`, the first a letter or digit"},"accountId":{"type":"string","pattern":"^[0-9]{12}$","x-what":"an account id: 12 digits, in quotes"},"accountRef":{"type":"string","minLength":1},"region":{"type":"string","pattern":"^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$","x-what":"a region such as `eu-west-1`"},"time":{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$","x-what":"a time with its zone, such as `2026-01-01T00:00:00Z`"},"policy":{"type":["string","object"],"minLength":1},"policies":{"type":"array","items":{"$ref":"#/definitions/policy"},"maxItems":1000},"scps":{"type":"array","items":{"$ref":"#/definitions/policies"},"maxItems":100},"authType":{"enum":["NONE","AWS_IAM"]},"tags":{"type":"object","maxProperties":200,"additionalProperties":{"type":"string"}},"organization":{"type":"object","properties":{"id":{"type":"string","pattern":"^o-[a-z0-9]{10,32}$","x-what":"an organization id such as `o-a1b2c3d4e5`"},"paths":{"type":"array","items":{"type":"string","pattern":"^o-[a-z0-9]{10,32}/r-[a-z0-9]{4,32}/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}/)*([0-9]{12}/)?$","x-what":"an organization path such as `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`"}},"management":{"type":"boolean"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["id"]},"account":{"type":["string","object"],"properties":{"id":{"$ref":"#/definitions/accountId"},"organization":{"$ref":"#/definitions/organization"},"scps":{"$ref":"#/definitions/scps"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"pattern":"^[0-9]{12}$","x-what":"an account id: 12 digits, in quotes","required":["id"]},"vpc":{"type":"object","properties":{"id":{"type":"string","pattern":"^vpc-([0-9a-z]{8}|[0-9a-z]{17})$","x-what":"a VPC id: `vpc-` and 8 or 17 digits or lower-case letters"},"account":{"$ref":"#/definitions/accountRef"},"cidrs":{"type":"array","items":{"type":"string","minLength":1},"maxItems":100},"tags":{"$ref":"#/definitions/tags"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["id"]},"serviceNetwork":{"type":"object","properties":{"id":{"type":"string","pattern":"^sn-[0-9a-z]{17}$","x-what":"a service network id: `sn-` and 17 digits or lower-case letters"},"arn":{"type":"string"},"account":{"$ref":"#/definitions/accountRef"},"region":{"$ref":"#/definitions/region"},"authType":{"$ref":"#/definitions/authType"},"authPolicy":{"$ref":"#/definitions/policy"},"tags":{"$ref":"#/definitions/tags"},"vpcs":{"type":"array","items":{"type":"string"},"uniqueItems":false},"vpcEndpoints":{"type":"array","items":{"type":"string"}},"services":{"type":"array","items":{"type":"string"}}},"patternProperties":{"^x-":{}},"additionalProperties":false},"service":{"type":"object","properties":{"id":{"type":"string","pattern":"^svc-[0-9a-z]{17}$","x-what":"a service id: `svc-` and 17 digits or lower-case letters"},"arn":{"type":"string"},"account":{"$ref":"#/definitions/accountRef"},"region":{"$ref":"#/definitions/region"},"authType":{"$ref":"#/definitions/authType"},"authPolicy":{"$ref":"#/definitions/policy"},"tags":{"$ref":"#/definitions/tags"},"customDomain":{"$ref":"#/definitions/domain"},"dnsName":{"allOf":[{"$ref":"#/definitions/domain"}]},"idleTimeoutSeconds":{"type":"integer","minimum":60,"maximum":600},"listeners":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/listener"}}},"patternProperties":{"^x-":{}},"additionalProperties":false},"domain":{"type":"string","pattern":"^(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$","x-what":"a domain name in lower case"},"port":{"type":"integer","minimum":1,"maximum":65535},"listener":{"type":"object","properties":{"protocol":{"enum":["HTTP","HTTPS","TLS_PASSTHROUGH"]},"port":{"type":"integer","minimum":1,"maximum":65535},"defaultAction":{"allOf":[{"$ref":"#/definitions/action"}]},"rules":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/rule"}}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["protocol","defaultAction"]},"rule":{"type":"object","properties":{"priority":{"type":"integer","minimum":1,"maximum":2000},"match":{"$ref":"#/definitions/match"},"action":{"$ref":"#/definitions/action"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["priority","match","action"]},"match":{"type":"object","properties":{"method":{"type":"string","pattern":"^[A-Z!#$%&'*+.^_`|~0-9-]{1,64}$","x-what":"a method in upper case"},"path":{"type":"object","properties":{"exact":{"$ref":"#/definitions/pathText"},"prefix":{"$ref":"#/definitions/pathText"},"caseSensitive":{"type":"boolean"}},"patternProperties":{"^x-":{}},"additionalProperties":false},"headers":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string","pattern":"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,40}$","x-what":"a header name of up to 40 characters"},"exact":{"$ref":"#/definitions/headerText"},"prefix":{"$ref":"#/definitions/headerText"},"contains":{"$ref":"#/definitions/headerText"},"caseSensitive":{"type":"boolean"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["name"]},"minItems":1,"maxItems":5}},"patternProperties":{"^x-":{}},"additionalProperties":false,"minProperties":1},"pathText":{"type":"string","pattern":"^/[a-zA-Z0-9@:%_+.~#?&/=-]*$","x-what":"a path: `/` and letters, digits and `@ : % _ + . ~ # ? & / = -`","maxLength":200},"headerText":{"type":"string","minLength":1,"maxLength":200},"action":{"type":"object","properties":{"forward":{"type":["string","array"],"items":{"type":"object","properties":{"targetGroup":{"type":"string"},"weight":{"type":"integer","minimum":0,"maximum":999}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["targetGroup"]},"minItems":1,"maxItems":10},"fixedResponse":{"enum":[404,500]}},"patternProperties":{"^x-":{}},"additionalProperties":false,"minProperties":1},"targetGroup":{"type":"object","properties":{"id":{"type":"string","pattern":"^tg-[0-9a-z]{17}$","x-what":"a target group id: `tg-` and 17 digits or lower-case letters"},"arn":{"type":"string"},"account":{"$ref":"#/definitions/accountRef"},"region":{"$ref":"#/definitions/region"},"type":{"enum":["IP","INSTANCE","ALB","LAMBDA"]},"protocol":{"enum":["HTTP","HTTPS","TCP"]},"protocolVersion":{"enum":["HTTP1","HTTP2","GRPC"]},"port":{"$ref":"#/definitions/port"},"vpc":{"type":"string"},"lambdaEventVersion":{"enum":["V1","V2"]},"targets":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string","minLength":1,"maxLength":200},"port":{"$ref":"#/definitions/port"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["id"]},"maxItems":1000},"tags":{"$ref":"#/definitions/tags"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["type"]},"principal":{"type":"object","properties":{"arn":{"type":"string","minLength":1,"maxLength":2048},"kind":{"enum":["role","session","user","root","federatedUser","identityProvider","service"]},"uniqueId":{"type":"string","pattern":"^A[A-Z0-9]{3,127}(:[A-Za-z0-9_=,.@-]{2,64})?$","x-what":"a unique id such as `AROAEXAMPLE`"},"sessionName":{"type":"string","pattern":"^[A-Za-z0-9_=,.@-]{2,64}$","x-what":"a session name: 2 to 64 letters, digits and `_ = , . @ -`"},"roleArn":{"type":"string"},"federatedBy":{"type":"string"},"organization":{"allOf":[{"$ref":"#/definitions/organization"}]},"tags":{"allOf":[{"$ref":"#/definitions/tags"}]},"vpc":{"type":"string"},"sourceIp":{"type":"string","minLength":1},"policies":{"type":["string","object"],"properties":{"identity":{"$ref":"#/definitions/policies"},"permissionsBoundary":{"$ref":"#/definitions/policy"},"session":{"$ref":"#/definitions/policies"},"scps":{"allOf":[{"$ref":"#/definitions/scps"}]}},"patternProperties":{"^x-":{}},"additionalProperties":false,"pattern":"^assume-allowed$","x-what":"policies or `assume-allowed`"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["arn"]},"local":{"type":"object","properties":{"vpcs":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/localVpc"}},"vpcHeader":{"type":"string","pattern":"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$","x-what":"the name of a header"},"defaultVpc":{"allOf":[{"$ref":"#/definitions/name"}]},"credentials":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/localCredentials"}},"targetGroups":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/localTargetGroup"}}},"patternProperties":{"^x-":{}},"additionalProperties":false},"localTarget":{"type":"object","properties":{"url":{"type":"string","pattern":"^https?://[^/?#@\\s]+/?$","x-what":"a URL such as `http://127.0.0.1:8081`","maxLength":300},"command":{"type":"array","minItems":1,"maxItems":256,"items":{"type":"string","pattern":"^[^\\u0000]*$","x-what":"text without NUL","minLength":1,"maxLength":8192}},"runtime":{"enum":["http","lambda"]},"port":{"allOf":[{"$ref":"#/definitions/port"}]},"cwd":{"type":"string","minLength":1},"env":{"type":"object","maxProperties":200,"propertyNames":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]{0,127}$","x-what":"the name of a variable"},"additionalProperties":{"type":"string","pattern":"^[^\\u0000]*$","x-what":"text without NUL"}},"lambda":{"type":"string","pattern":"^[^#]+(#[A-Za-z_$][A-Za-z0-9_$]*)?$","x-what":"a module's path, and after `#` the name of its export"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"oneOf":[{"required":["url"]},{"required":["command"]},{"required":["lambda"]}],"dependencies":{"runtime":["command"],"port":["command"],"cwd":["command"],"env":["command"]}},"localVpc":{"type":"object","properties":{"address":{"type":"string","pattern":"^127(\\.(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}$","x-what":"an IPv4 loopback address such as `127.0.1.1`"},"port":{"allOf":[{"$ref":"#/definitions/port"}]}},"patternProperties":{"^x-":{}},"additionalProperties":false,"minProperties":1},"localCredentials":{"type":"object","properties":{"accessKeyId":{"type":"string","pattern":"^[A-Za-z0-9]{16,128}$","x-what":"an access key id: 16 to 128 letters and digits"},"secretAccessKey":{"type":"string","minLength":1,"maxLength":256}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["accessKeyId","secretAccessKey"]},"localTargetGroup":{"type":"object","properties":{"targets":{"type":"array","minItems":1,"maxItems":100,"items":{"$ref":"#/definitions/localTarget"}},"healthCheck":{"allOf":[{"$ref":"#/definitions/localHealthCheck"}]}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["targets"]},"localHealthCheck":{"type":"object","properties":{"path":{"type":"string","pattern":"^/[!-~]*$","x-what":"a path that begins with `/`","maxLength":2048},"intervalMs":{"type":"integer","minimum":50,"maximum":300000},"timeoutMs":{"type":"integer","minimum":10,"maximum":120000},"healthyThreshold":{"type":"integer","minimum":1,"maximum":10},"unhealthyThreshold":{"type":"integer","minimum":1,"maximum":10},"matcher":{"type":"string","pattern":"^[2-5][0-9]{2}(-[2-5][0-9]{2})?(,[2-5][0-9]{2}(-[2-5][0-9]{2})?)*$","x-what":"status codes such as `200`, `200-299` or `200,204`","maxLength":200}},"patternProperties":{"^x-":{}},"additionalProperties":false}}};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^x-", "u");
const schema7 = {"type":"string","pattern":"^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$","x-what":"a region such as `eu-west-1`"};
const pattern1 = new RegExp("^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", "u");

function validate22(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern1.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$"},parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"},parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"type":"string","minLength":1};

function validate24(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(data.length < 1){
const err0 = {instancePath,keyword:"minLength",params:{limit: 1},parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"},parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}

const schema9 = {"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$","x-what":"a time with its zone, such as `2026-01-01T00:00:00Z`"};
const pattern2 = new RegExp("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$", "u");

function validate26(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern2.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$"},parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"},parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}

const schema10 = {"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._@/-]{0,127}$","x-what":"a name: up to 128 letters, digits and `. _ @ / -`, the first a letter or digit"};
const pattern3 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._@/-]{0,127}$", "u");

function validate28(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern3.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._@/-]{0,127}$"},parentSchema:schema10,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"},parentSchema:schema10,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate28.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":["string","object"],"properties":{"id":{"$ref":"#/definitions/accountId"},"organization":{"$ref":"#/definitions/organization"},"scps":{"$ref":"#/definitions/scps"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"pattern":"^[0-9]{12}$","x-what":"an account id: 12 digits, in quotes","required":["id"]};
const pattern4 = new RegExp("^[0-9]{12}$", "u");
const schema12 = {"type":"string","pattern":"^[0-9]{12}$","x-what":"an account id: 12 digits, in quotes"};

function validate31(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern4.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^[0-9]{12}$"},parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"},parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate31.errors = vErrors;
return errors === 0;
}

const schema13 = {"type":"object","properties":{"id":{"type":"string","pattern":"^o-[a-z0-9]{10,32}$","x-what":"an organization id such as `o-a1b2c3d4e5`"},"paths":{"type":"array","items":{"type":"string","pattern":"^o-[a-z0-9]{10,32}/r-[a-z0-9]{4,32}/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}/)*([0-9]{12}/)?$","x-what":"an organization path such as `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`"}},"management":{"type":"boolean"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["id"]};
const pattern8 = new RegExp("^o-[a-z0-9]{10,32}$", "u");
const pattern9 = new RegExp("^o-[a-z0-9]{10,32}/r-[a-z0-9]{4,32}/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}/)*([0-9]{12}/)?$", "u");

function validate33(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "id"},parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "id") || (key0 === "paths")) || (key0 === "management")) || (pattern0.test(key0)))){
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
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern8.test(data0)){
const err2 = {instancePath:instancePath+"/id",keyword:"pattern",params:{pattern: "^o-[a-z0-9]{10,32}$"},parentSchema:schema13.properties.id,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "string"},parentSchema:schema13.properties.id,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.paths !== undefined){
let data1 = data.paths;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(!pattern9.test(data2)){
const err4 = {instancePath:instancePath+"/paths/" + i0,keyword:"pattern",params:{pattern: "^o-[a-z0-9]{10,32}/r-[a-z0-9]{4,32}/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}/)*([0-9]{12}/)?$"},parentSchema:schema13.properties.paths.items,data:data2};
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
const err5 = {instancePath:instancePath+"/paths/" + i0,keyword:"type",params:{type: "string"},parentSchema:schema13.properties.paths.items,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath:instancePath+"/paths",keyword:"type",params:{type: "array"},parentSchema:schema13.properties.paths,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.management !== undefined){
let data3 = data.management;
if(typeof data3 !== "boolean"){
const err7 = {instancePath:instancePath+"/management",keyword:"type",params:{type: "boolean"},parentSchema:schema13.properties.management,data:data3};
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
const err8 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate33.errors = vErrors;
return errors === 0;
}

const schema14 = {"type":"array","items":{"$ref":"#/definitions/policies"},"maxItems":100};
const schema15 = {"type":"array","items":{"$ref":"#/definitions/policy"},"maxItems":1000};
const schema16 = {"type":["string","object"],"minLength":1};

function validate37(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,keyword:"type",params:{type: schema16.type},parentSchema:schema16,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(typeof data === "string"){
if(data.length < 1){
const err1 = {instancePath,keyword:"minLength",params:{limit: 1},parentSchema:schema16,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
validate37.errors = vErrors;
return errors === 0;
}


function validate36(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 1000){
const err0 = {instancePath,keyword:"maxItems",params:{limit: 1000},parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate37(data[i0], {instancePath:instancePath+"/" + i0}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "array"},parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate36.errors = vErrors;
return errors === 0;
}


function validate35(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 100){
const err0 = {instancePath,keyword:"maxItems",params:{limit: 100},parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate36(data[i0], {instancePath:instancePath+"/" + i0}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "array"},parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate35.errors = vErrors;
return errors === 0;
}


function validate30(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,keyword:"type",params:{type: schema11.type},parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(typeof data === "string"){
if(!pattern4.test(data)){
const err1 = {instancePath,keyword:"pattern",params:{pattern: "^[0-9]{12}$"},parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "id"},parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "id") || (key0 === "organization")) || (key0 === "scps")) || (pattern0.test(key0)))){
const err3 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.id !== undefined){
if(!(validate31(data.id, {instancePath:instancePath+"/id"}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.organization !== undefined){
if(!(validate33(data.organization, {instancePath:instancePath+"/organization"}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
if(data.scps !== undefined){
if(!(validate35(data.scps, {instancePath:instancePath+"/scps"}))){
vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
errors = vErrors.length;
}
}
}
validate30.errors = vErrors;
return errors === 0;
}

const schema17 = {"type":"object","properties":{"id":{"type":"string","pattern":"^vpc-([0-9a-z]{8}|[0-9a-z]{17})$","x-what":"a VPC id: `vpc-` and 8 or 17 digits or lower-case letters"},"account":{"$ref":"#/definitions/accountRef"},"cidrs":{"type":"array","items":{"type":"string","minLength":1},"maxItems":100},"tags":{"$ref":"#/definitions/tags"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["id"]};
const pattern11 = new RegExp("^vpc-([0-9a-z]{8}|[0-9a-z]{17})$", "u");
const schema18 = {"type":"object","maxProperties":200,"additionalProperties":{"type":"string"}};

function validate45(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 200){
const err0 = {instancePath,keyword:"maxProperties",params:{limit: 200},parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
let data0 = data[key0];
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "string"},parentSchema:schema18.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate45.errors = vErrors;
return errors === 0;
}


function validate43(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "id"},parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "id") || (key0 === "account")) || (key0 === "cidrs")) || (key0 === "tags")) || (pattern0.test(key0)))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern11.test(data0)){
const err2 = {instancePath:instancePath+"/id",keyword:"pattern",params:{pattern: "^vpc-([0-9a-z]{8}|[0-9a-z]{17})$"},parentSchema:schema17.properties.id,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "string"},parentSchema:schema17.properties.id,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.account !== undefined){
if(!(validate24(data.account, {instancePath:instancePath+"/account"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.cidrs !== undefined){
let data2 = data.cidrs;
if(Array.isArray(data2)){
if(data2.length > 100){
const err4 = {instancePath:instancePath+"/cidrs",keyword:"maxItems",params:{limit: 100},parentSchema:schema17.properties.cidrs,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(data3.length < 1){
const err5 = {instancePath:instancePath+"/cidrs/" + i0,keyword:"minLength",params:{limit: 1},parentSchema:schema17.properties.cidrs.items,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/cidrs/" + i0,keyword:"type",params:{type: "string"},parentSchema:schema17.properties.cidrs.items,data:data3};
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
else {
const err7 = {instancePath:instancePath+"/cidrs",keyword:"type",params:{type: "array"},parentSchema:schema17.properties.cidrs,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.tags !== undefined){
if(!(validate45(data.tags, {instancePath:instancePath+"/tags"}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate43.errors = vErrors;
return errors === 0;
}

const schema19 = {"type":"object","properties":{"id":{"type":"string","pattern":"^sn-[0-9a-z]{17}$","x-what":"a service network id: `sn-` and 17 digits or lower-case letters"},"arn":{"type":"string"},"account":{"$ref":"#/definitions/accountRef"},"region":{"$ref":"#/definitions/region"},"authType":{"$ref":"#/definitions/authType"},"authPolicy":{"$ref":"#/definitions/policy"},"tags":{"$ref":"#/definitions/tags"},"vpcs":{"type":"array","items":{"type":"string"},"uniqueItems":false},"vpcEndpoints":{"type":"array","items":{"type":"string"}},"services":{"type":"array","items":{"type":"string"}}},"patternProperties":{"^x-":{}},"additionalProperties":false};
const pattern13 = new RegExp("^sn-[0-9a-z]{17}$", "u");
const schema20 = {"enum":["NONE","AWS_IAM"]};

function validate52(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(!((data === "NONE") || (data === "AWS_IAM"))){
const err0 = {instancePath,keyword:"enum",params:{allowedValues: schema20.enum},parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}


function validate49(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((func2.call(schema19.properties, key0)) || (pattern0.test(key0)))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern13.test(data0)){
const err1 = {instancePath:instancePath+"/id",keyword:"pattern",params:{pattern: "^sn-[0-9a-z]{17}$"},parentSchema:schema19.properties.id,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "string"},parentSchema:schema19.properties.id,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.arn !== undefined){
let data1 = data.arn;
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/arn",keyword:"type",params:{type: "string"},parentSchema:schema19.properties.arn,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.account !== undefined){
if(!(validate24(data.account, {instancePath:instancePath+"/account"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.region !== undefined){
if(!(validate22(data.region, {instancePath:instancePath+"/region"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.authType !== undefined){
if(!(validate52(data.authType, {instancePath:instancePath+"/authType"}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.authPolicy !== undefined){
if(!(validate37(data.authPolicy, {instancePath:instancePath+"/authPolicy"}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
}
if(data.tags !== undefined){
if(!(validate45(data.tags, {instancePath:instancePath+"/tags"}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
if(data.vpcs !== undefined){
let data7 = data.vpcs;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(typeof data8 !== "string"){
const err4 = {instancePath:instancePath+"/vpcs/" + i0,keyword:"type",params:{type: "string"},parentSchema:schema19.properties.vpcs.items,data:data8};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/vpcs",keyword:"type",params:{type: "array"},parentSchema:schema19.properties.vpcs,data:data7};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.vpcEndpoints !== undefined){
let data9 = data.vpcEndpoints;
if(Array.isArray(data9)){
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
if(typeof data10 !== "string"){
const err6 = {instancePath:instancePath+"/vpcEndpoints/" + i1,keyword:"type",params:{type: "string"},parentSchema:schema19.properties.vpcEndpoints.items,data:data10};
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
else {
const err7 = {instancePath:instancePath+"/vpcEndpoints",keyword:"type",params:{type: "array"},parentSchema:schema19.properties.vpcEndpoints,data:data9};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.services !== undefined){
let data11 = data.services;
if(Array.isArray(data11)){
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
if(typeof data12 !== "string"){
const err8 = {instancePath:instancePath+"/services/" + i2,keyword:"type",params:{type: "string"},parentSchema:schema19.properties.services.items,data:data12};
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
const err9 = {instancePath:instancePath+"/services",keyword:"type",params:{type: "array"},parentSchema:schema19.properties.services,data:data11};
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
const err10 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate49.errors = vErrors;
return errors === 0;
}

const schema21 = {"type":"object","properties":{"id":{"type":"string","pattern":"^svc-[0-9a-z]{17}$","x-what":"a service id: `svc-` and 17 digits or lower-case letters"},"arn":{"type":"string"},"account":{"$ref":"#/definitions/accountRef"},"region":{"$ref":"#/definitions/region"},"authType":{"$ref":"#/definitions/authType"},"authPolicy":{"$ref":"#/definitions/policy"},"tags":{"$ref":"#/definitions/tags"},"customDomain":{"$ref":"#/definitions/domain"},"dnsName":{"allOf":[{"$ref":"#/definitions/domain"}]},"idleTimeoutSeconds":{"type":"integer","minimum":60,"maximum":600},"listeners":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/listener"}}},"patternProperties":{"^x-":{}},"additionalProperties":false};
const pattern15 = new RegExp("^svc-[0-9a-z]{17}$", "u");
const schema22 = {"type":"string","pattern":"^(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$","x-what":"a domain name in lower case"};
const pattern16 = new RegExp("^(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$", "u");

function validate64(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern16.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$"},parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"},parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate64.errors = vErrors;
return errors === 0;
}

const schema23 = {"type":"object","properties":{"protocol":{"enum":["HTTP","HTTPS","TLS_PASSTHROUGH"]},"port":{"type":"integer","minimum":1,"maximum":65535},"defaultAction":{"allOf":[{"$ref":"#/definitions/action"}]},"rules":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/rule"}}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["protocol","defaultAction"]};
const schema24 = {"type":"object","properties":{"forward":{"type":["string","array"],"items":{"type":"object","properties":{"targetGroup":{"type":"string"},"weight":{"type":"integer","minimum":0,"maximum":999}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["targetGroup"]},"minItems":1,"maxItems":10},"fixedResponse":{"enum":[404,500]}},"patternProperties":{"^x-":{}},"additionalProperties":false,"minProperties":1};

function validate69(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,keyword:"minProperties",params:{limit: 1},parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "forward") || (key0 === "fixedResponse")) || (pattern0.test(key0)))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.forward !== undefined){
let data0 = data.forward;
if((typeof data0 !== "string") && (!(Array.isArray(data0)))){
const err2 = {instancePath:instancePath+"/forward",keyword:"type",params:{type: schema24.properties.forward.type},parentSchema:schema24.properties.forward,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(Array.isArray(data0)){
if(data0.length > 10){
const err3 = {instancePath:instancePath+"/forward",keyword:"maxItems",params:{limit: 10},parentSchema:schema24.properties.forward,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data0.length < 1){
const err4 = {instancePath:instancePath+"/forward",keyword:"minItems",params:{limit: 1},parentSchema:schema24.properties.forward,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.targetGroup === undefined){
const err5 = {instancePath:instancePath+"/forward/" + i0,keyword:"required",params:{missingProperty: "targetGroup"},parentSchema:schema24.properties.forward.items,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key1 in data1){
if(!(((key1 === "targetGroup") || (key1 === "weight")) || (pattern0.test(key1)))){
const err6 = {instancePath:instancePath+"/forward/" + i0,keyword:"additionalProperties",params:{additionalProperty: key1},parentSchema:schema24.properties.forward.items,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data1.targetGroup !== undefined){
let data2 = data1.targetGroup;
if(typeof data2 !== "string"){
const err7 = {instancePath:instancePath+"/forward/" + i0+"/targetGroup",keyword:"type",params:{type: "string"},parentSchema:schema24.properties.forward.items.properties.targetGroup,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data1.weight !== undefined){
let data3 = data1.weight;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err8 = {instancePath:instancePath+"/forward/" + i0+"/weight",keyword:"type",params:{type: "integer"},parentSchema:schema24.properties.forward.items.properties.weight,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 999 || isNaN(data3)){
const err9 = {instancePath:instancePath+"/forward/" + i0+"/weight",keyword:"maximum",params:{comparison: "<=", limit: 999},parentSchema:schema24.properties.forward.items.properties.weight,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data3 < 0 || isNaN(data3)){
const err10 = {instancePath:instancePath+"/forward/" + i0+"/weight",keyword:"minimum",params:{comparison: ">=", limit: 0},parentSchema:schema24.properties.forward.items.properties.weight,data:data3};
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
}
else {
const err11 = {instancePath:instancePath+"/forward/" + i0,keyword:"type",params:{type: "object"},parentSchema:schema24.properties.forward.items,data:data1};
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
}
if(data.fixedResponse !== undefined){
let data4 = data.fixedResponse;
if(!((data4 === 404) || (data4 === 500))){
const err12 = {instancePath:instancePath+"/fixedResponse",keyword:"enum",params:{allowedValues: schema24.properties.fixedResponse.enum},parentSchema:schema24.properties.fixedResponse,data:data4};
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
else {
const err13 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate69.errors = vErrors;
return errors === 0;
}

const schema25 = {"type":"object","properties":{"priority":{"type":"integer","minimum":1,"maximum":2000},"match":{"$ref":"#/definitions/match"},"action":{"$ref":"#/definitions/action"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["priority","match","action"]};
const schema26 = {"type":"object","properties":{"method":{"type":"string","pattern":"^[A-Z!#$%&'*+.^_`|~0-9-]{1,64}$","x-what":"a method in upper case"},"path":{"type":"object","properties":{"exact":{"$ref":"#/definitions/pathText"},"prefix":{"$ref":"#/definitions/pathText"},"caseSensitive":{"type":"boolean"}},"patternProperties":{"^x-":{}},"additionalProperties":false},"headers":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string","pattern":"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,40}$","x-what":"a header name of up to 40 characters"},"exact":{"$ref":"#/definitions/headerText"},"prefix":{"$ref":"#/definitions/headerText"},"contains":{"$ref":"#/definitions/headerText"},"caseSensitive":{"type":"boolean"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["name"]},"minItems":1,"maxItems":5}},"patternProperties":{"^x-":{}},"additionalProperties":false,"minProperties":1};
const pattern22 = new RegExp("^[A-Z!#$%&'*+.^_`|~0-9-]{1,64}$", "u");
const pattern26 = new RegExp("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,40}$", "u");
const schema27 = {"type":"string","pattern":"^/[a-zA-Z0-9@:%_+.~#?&/=-]*$","x-what":"a path: `/` and letters, digits and `@ : % _ + . ~ # ? & / = -`","maxLength":200};
const pattern24 = new RegExp("^/[a-zA-Z0-9@:%_+.~#?&/=-]*$", "u");

function validate74(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(data.length > 200){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 200},parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern24.test(data)){
const err1 = {instancePath,keyword:"pattern",params:{pattern: "^/[a-zA-Z0-9@:%_+.~#?&/=-]*$"},parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "string"},parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate74.errors = vErrors;
return errors === 0;
}

const schema28 = {"type":"string","minLength":1,"maxLength":200};

function validate77(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(data.length > 200){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 200},parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.length < 1){
const err1 = {instancePath,keyword:"minLength",params:{limit: 1},parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "string"},parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate77.errors = vErrors;
return errors === 0;
}


function validate73(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,keyword:"minProperties",params:{limit: 1},parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "method") || (key0 === "path")) || (key0 === "headers")) || (pattern0.test(key0)))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.method !== undefined){
let data0 = data.method;
if(typeof data0 === "string"){
if(!pattern22.test(data0)){
const err2 = {instancePath:instancePath+"/method",keyword:"pattern",params:{pattern: "^[A-Z!#$%&'*+.^_`|~0-9-]{1,64}$"},parentSchema:schema26.properties.method,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/method",keyword:"type",params:{type: "string"},parentSchema:schema26.properties.method,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.path !== undefined){
let data1 = data.path;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
if(!((((key1 === "exact") || (key1 === "prefix")) || (key1 === "caseSensitive")) || (pattern0.test(key1)))){
const err4 = {instancePath:instancePath+"/path",keyword:"additionalProperties",params:{additionalProperty: key1},parentSchema:schema26.properties.path,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data1.exact !== undefined){
if(!(validate74(data1.exact, {instancePath:instancePath+"/path/exact"}))){
vErrors = vErrors === null ? validate74.errors : vErrors.concat(validate74.errors);
errors = vErrors.length;
}
}
if(data1.prefix !== undefined){
if(!(validate74(data1.prefix, {instancePath:instancePath+"/path/prefix"}))){
vErrors = vErrors === null ? validate74.errors : vErrors.concat(validate74.errors);
errors = vErrors.length;
}
}
if(data1.caseSensitive !== undefined){
let data4 = data1.caseSensitive;
if(typeof data4 !== "boolean"){
const err5 = {instancePath:instancePath+"/path/caseSensitive",keyword:"type",params:{type: "boolean"},parentSchema:schema26.properties.path.properties.caseSensitive,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath:instancePath+"/path",keyword:"type",params:{type: "object"},parentSchema:schema26.properties.path,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.headers !== undefined){
let data5 = data.headers;
if(Array.isArray(data5)){
if(data5.length > 5){
const err7 = {instancePath:instancePath+"/headers",keyword:"maxItems",params:{limit: 5},parentSchema:schema26.properties.headers,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data5.length < 1){
const err8 = {instancePath:instancePath+"/headers",keyword:"minItems",params:{limit: 1},parentSchema:schema26.properties.headers,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.name === undefined){
const err9 = {instancePath:instancePath+"/headers/" + i0,keyword:"required",params:{missingProperty: "name"},parentSchema:schema26.properties.headers.items,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
for(const key2 in data6){
if(!((((((key2 === "name") || (key2 === "exact")) || (key2 === "prefix")) || (key2 === "contains")) || (key2 === "caseSensitive")) || (pattern0.test(key2)))){
const err10 = {instancePath:instancePath+"/headers/" + i0,keyword:"additionalProperties",params:{additionalProperty: key2},parentSchema:schema26.properties.headers.items,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data6.name !== undefined){
let data7 = data6.name;
if(typeof data7 === "string"){
if(!pattern26.test(data7)){
const err11 = {instancePath:instancePath+"/headers/" + i0+"/name",keyword:"pattern",params:{pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,40}$"},parentSchema:schema26.properties.headers.items.properties.name,data:data7};
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
const err12 = {instancePath:instancePath+"/headers/" + i0+"/name",keyword:"type",params:{type: "string"},parentSchema:schema26.properties.headers.items.properties.name,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data6.exact !== undefined){
if(!(validate77(data6.exact, {instancePath:instancePath+"/headers/" + i0+"/exact"}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
if(data6.prefix !== undefined){
if(!(validate77(data6.prefix, {instancePath:instancePath+"/headers/" + i0+"/prefix"}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
if(data6.contains !== undefined){
if(!(validate77(data6.contains, {instancePath:instancePath+"/headers/" + i0+"/contains"}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
if(data6.caseSensitive !== undefined){
let data11 = data6.caseSensitive;
if(typeof data11 !== "boolean"){
const err13 = {instancePath:instancePath+"/headers/" + i0+"/caseSensitive",keyword:"type",params:{type: "boolean"},parentSchema:schema26.properties.headers.items.properties.caseSensitive,data:data11};
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
else {
const err14 = {instancePath:instancePath+"/headers/" + i0,keyword:"type",params:{type: "object"},parentSchema:schema26.properties.headers.items,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath:instancePath+"/headers",keyword:"type",params:{type: "array"},parentSchema:schema26.properties.headers,data:data5};
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
const err16 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate73.errors = vErrors;
return errors === 0;
}


function validate72(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.priority === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "priority"},parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.match === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "match"},parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.action === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "action"},parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "priority") || (key0 === "match")) || (key0 === "action")) || (pattern0.test(key0)))){
const err3 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.priority !== undefined){
let data0 = data.priority;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err4 = {instancePath:instancePath+"/priority",keyword:"type",params:{type: "integer"},parentSchema:schema25.properties.priority,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 2000 || isNaN(data0)){
const err5 = {instancePath:instancePath+"/priority",keyword:"maximum",params:{comparison: "<=", limit: 2000},parentSchema:schema25.properties.priority,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err6 = {instancePath:instancePath+"/priority",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema25.properties.priority,data:data0};
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
if(data.match !== undefined){
if(!(validate73(data.match, {instancePath:instancePath+"/match"}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
}
if(data.action !== undefined){
if(!(validate69(data.action, {instancePath:instancePath+"/action"}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate72.errors = vErrors;
return errors === 0;
}


function validate68(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.protocol === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "protocol"},parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.defaultAction === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "defaultAction"},parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "protocol") || (key0 === "port")) || (key0 === "defaultAction")) || (key0 === "rules")) || (pattern0.test(key0)))){
const err2 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.protocol !== undefined){
let data0 = data.protocol;
if(!(((data0 === "HTTP") || (data0 === "HTTPS")) || (data0 === "TLS_PASSTHROUGH"))){
const err3 = {instancePath:instancePath+"/protocol",keyword:"enum",params:{allowedValues: schema23.properties.protocol.enum},parentSchema:schema23.properties.protocol,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.port !== undefined){
let data1 = data.port;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/port",keyword:"type",params:{type: "integer"},parentSchema:schema23.properties.port,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 65535 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/port",keyword:"maximum",params:{comparison: "<=", limit: 65535},parentSchema:schema23.properties.port,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/port",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema23.properties.port,data:data1};
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
if(data.defaultAction !== undefined){
if(!(validate69(data.defaultAction, {instancePath:instancePath+"/defaultAction"}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.rules !== undefined){
let data3 = data.rules;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
const _errs9 = errors;
if(!(validate28(key1, {instancePath:instancePath+"/rules"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var valid2 = _errs9 === errors;
if(!valid2){
const err7 = {instancePath:instancePath+"/rules",keyword:"propertyNames",params:{propertyName: key1},parentSchema:schema23.properties.rules,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
for(const key2 in data3){
if(!(validate72(data3[key2], {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate72.errors : vErrors.concat(validate72.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/rules",keyword:"type",params:{type: "object"},parentSchema:schema23.properties.rules,data:data3};
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
const err9 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate68.errors = vErrors;
return errors === 0;
}


function validate58(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((func2.call(schema21.properties, key0)) || (pattern0.test(key0)))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern15.test(data0)){
const err1 = {instancePath:instancePath+"/id",keyword:"pattern",params:{pattern: "^svc-[0-9a-z]{17}$"},parentSchema:schema21.properties.id,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "string"},parentSchema:schema21.properties.id,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.arn !== undefined){
let data1 = data.arn;
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/arn",keyword:"type",params:{type: "string"},parentSchema:schema21.properties.arn,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.account !== undefined){
if(!(validate24(data.account, {instancePath:instancePath+"/account"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.region !== undefined){
if(!(validate22(data.region, {instancePath:instancePath+"/region"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.authType !== undefined){
if(!(validate52(data.authType, {instancePath:instancePath+"/authType"}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.authPolicy !== undefined){
if(!(validate37(data.authPolicy, {instancePath:instancePath+"/authPolicy"}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
}
if(data.tags !== undefined){
if(!(validate45(data.tags, {instancePath:instancePath+"/tags"}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
if(data.customDomain !== undefined){
if(!(validate64(data.customDomain, {instancePath:instancePath+"/customDomain"}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
if(data.dnsName !== undefined){
if(!(validate64(data.dnsName, {instancePath:instancePath+"/dnsName"}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
if(data.idleTimeoutSeconds !== undefined){
let data9 = data.idleTimeoutSeconds;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
const err4 = {instancePath:instancePath+"/idleTimeoutSeconds",keyword:"type",params:{type: "integer"},parentSchema:schema21.properties.idleTimeoutSeconds,data:data9};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 600 || isNaN(data9)){
const err5 = {instancePath:instancePath+"/idleTimeoutSeconds",keyword:"maximum",params:{comparison: "<=", limit: 600},parentSchema:schema21.properties.idleTimeoutSeconds,data:data9};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data9 < 60 || isNaN(data9)){
const err6 = {instancePath:instancePath+"/idleTimeoutSeconds",keyword:"minimum",params:{comparison: ">=", limit: 60},parentSchema:schema21.properties.idleTimeoutSeconds,data:data9};
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
if(data.listeners !== undefined){
let data10 = data.listeners;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key1 in data10){
const _errs18 = errors;
if(!(validate28(key1, {instancePath:instancePath+"/listeners"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var valid2 = _errs18 === errors;
if(!valid2){
const err7 = {instancePath:instancePath+"/listeners",keyword:"propertyNames",params:{propertyName: key1},parentSchema:schema21.properties.listeners,data:data10};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
for(const key2 in data10){
if(!(validate68(data10[key2], {instancePath:instancePath+"/listeners/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate68.errors : vErrors.concat(validate68.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/listeners",keyword:"type",params:{type: "object"},parentSchema:schema21.properties.listeners,data:data10};
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
const err9 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate58.errors = vErrors;
return errors === 0;
}

const schema29 = {"type":"object","properties":{"id":{"type":"string","pattern":"^tg-[0-9a-z]{17}$","x-what":"a target group id: `tg-` and 17 digits or lower-case letters"},"arn":{"type":"string"},"account":{"$ref":"#/definitions/accountRef"},"region":{"$ref":"#/definitions/region"},"type":{"enum":["IP","INSTANCE","ALB","LAMBDA"]},"protocol":{"enum":["HTTP","HTTPS","TCP"]},"protocolVersion":{"enum":["HTTP1","HTTP2","GRPC"]},"port":{"$ref":"#/definitions/port"},"vpc":{"type":"string"},"lambdaEventVersion":{"enum":["V1","V2"]},"targets":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string","minLength":1,"maxLength":200},"port":{"$ref":"#/definitions/port"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["id"]},"maxItems":1000},"tags":{"$ref":"#/definitions/tags"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["type"]};
const pattern28 = new RegExp("^tg-[0-9a-z]{17}$", "u");
const schema30 = {"type":"integer","minimum":1,"maximum":65535};

function validate90(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,keyword:"type",params:{type: "integer"},parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 65535 || isNaN(data)){
const err1 = {instancePath,keyword:"maximum",params:{comparison: "<=", limit: 65535},parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
validate90.errors = vErrors;
return errors === 0;
}


function validate87(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "type"},parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema29.properties, key0)) || (pattern0.test(key0)))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern28.test(data0)){
const err2 = {instancePath:instancePath+"/id",keyword:"pattern",params:{pattern: "^tg-[0-9a-z]{17}$"},parentSchema:schema29.properties.id,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "string"},parentSchema:schema29.properties.id,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.arn !== undefined){
let data1 = data.arn;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/arn",keyword:"type",params:{type: "string"},parentSchema:schema29.properties.arn,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.account !== undefined){
if(!(validate24(data.account, {instancePath:instancePath+"/account"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.region !== undefined){
if(!(validate22(data.region, {instancePath:instancePath+"/region"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.type !== undefined){
let data4 = data.type;
if(!((((data4 === "IP") || (data4 === "INSTANCE")) || (data4 === "ALB")) || (data4 === "LAMBDA"))){
const err5 = {instancePath:instancePath+"/type",keyword:"enum",params:{allowedValues: schema29.properties.type.enum},parentSchema:schema29.properties.type,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.protocol !== undefined){
let data5 = data.protocol;
if(!(((data5 === "HTTP") || (data5 === "HTTPS")) || (data5 === "TCP"))){
const err6 = {instancePath:instancePath+"/protocol",keyword:"enum",params:{allowedValues: schema29.properties.protocol.enum},parentSchema:schema29.properties.protocol,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.protocolVersion !== undefined){
let data6 = data.protocolVersion;
if(!(((data6 === "HTTP1") || (data6 === "HTTP2")) || (data6 === "GRPC"))){
const err7 = {instancePath:instancePath+"/protocolVersion",keyword:"enum",params:{allowedValues: schema29.properties.protocolVersion.enum},parentSchema:schema29.properties.protocolVersion,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.port !== undefined){
if(!(validate90(data.port, {instancePath:instancePath+"/port"}))){
vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
errors = vErrors.length;
}
}
if(data.vpc !== undefined){
let data8 = data.vpc;
if(typeof data8 !== "string"){
const err8 = {instancePath:instancePath+"/vpc",keyword:"type",params:{type: "string"},parentSchema:schema29.properties.vpc,data:data8};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.lambdaEventVersion !== undefined){
let data9 = data.lambdaEventVersion;
if(!((data9 === "V1") || (data9 === "V2"))){
const err9 = {instancePath:instancePath+"/lambdaEventVersion",keyword:"enum",params:{allowedValues: schema29.properties.lambdaEventVersion.enum},parentSchema:schema29.properties.lambdaEventVersion,data:data9};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.targets !== undefined){
let data10 = data.targets;
if(Array.isArray(data10)){
if(data10.length > 1000){
const err10 = {instancePath:instancePath+"/targets",keyword:"maxItems",params:{limit: 1000},parentSchema:schema29.properties.targets,data:data10};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
let data11 = data10[i0];
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(data11.id === undefined){
const err11 = {instancePath:instancePath+"/targets/" + i0,keyword:"required",params:{missingProperty: "id"},parentSchema:schema29.properties.targets.items,data:data11};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
for(const key1 in data11){
if(!(((key1 === "id") || (key1 === "port")) || (pattern0.test(key1)))){
const err12 = {instancePath:instancePath+"/targets/" + i0,keyword:"additionalProperties",params:{additionalProperty: key1},parentSchema:schema29.properties.targets.items,data:data11};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data11.id !== undefined){
let data12 = data11.id;
if(typeof data12 === "string"){
if(data12.length > 200){
const err13 = {instancePath:instancePath+"/targets/" + i0+"/id",keyword:"maxLength",params:{limit: 200},parentSchema:schema29.properties.targets.items.properties.id,data:data12};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data12.length < 1){
const err14 = {instancePath:instancePath+"/targets/" + i0+"/id",keyword:"minLength",params:{limit: 1},parentSchema:schema29.properties.targets.items.properties.id,data:data12};
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
const err15 = {instancePath:instancePath+"/targets/" + i0+"/id",keyword:"type",params:{type: "string"},parentSchema:schema29.properties.targets.items.properties.id,data:data12};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data11.port !== undefined){
if(!(validate90(data11.port, {instancePath:instancePath+"/targets/" + i0+"/port"}))){
vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath:instancePath+"/targets/" + i0,keyword:"type",params:{type: "object"},parentSchema:schema29.properties.targets.items,data:data11};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/targets",keyword:"type",params:{type: "array"},parentSchema:schema29.properties.targets,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.tags !== undefined){
if(!(validate45(data.tags, {instancePath:instancePath+"/tags"}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
}
else {
const err18 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
validate87.errors = vErrors;
return errors === 0;
}

const schema31 = {"type":"object","properties":{"arn":{"type":"string","minLength":1,"maxLength":2048},"kind":{"enum":["role","session","user","root","federatedUser","identityProvider","service"]},"uniqueId":{"type":"string","pattern":"^A[A-Z0-9]{3,127}(:[A-Za-z0-9_=,.@-]{2,64})?$","x-what":"a unique id such as `AROAEXAMPLE`"},"sessionName":{"type":"string","pattern":"^[A-Za-z0-9_=,.@-]{2,64}$","x-what":"a session name: 2 to 64 letters, digits and `_ = , . @ -`"},"roleArn":{"type":"string"},"federatedBy":{"type":"string"},"organization":{"allOf":[{"$ref":"#/definitions/organization"}]},"tags":{"allOf":[{"$ref":"#/definitions/tags"}]},"vpc":{"type":"string"},"sourceIp":{"type":"string","minLength":1},"policies":{"type":["string","object"],"properties":{"identity":{"$ref":"#/definitions/policies"},"permissionsBoundary":{"$ref":"#/definitions/policy"},"session":{"$ref":"#/definitions/policies"},"scps":{"allOf":[{"$ref":"#/definitions/scps"}]}},"patternProperties":{"^x-":{}},"additionalProperties":false,"pattern":"^assume-allowed$","x-what":"policies or `assume-allowed`"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["arn"]};
const pattern31 = new RegExp("^A[A-Z0-9]{3,127}(:[A-Za-z0-9_=,.@-]{2,64})?$", "u");
const pattern32 = new RegExp("^[A-Za-z0-9_=,.@-]{2,64}$", "u");
const pattern33 = new RegExp("^assume-allowed$", "u");

function validate96(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.arn === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "arn"},parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema31.properties, key0)) || (pattern0.test(key0)))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.arn !== undefined){
let data0 = data.arn;
if(typeof data0 === "string"){
if(data0.length > 2048){
const err2 = {instancePath:instancePath+"/arn",keyword:"maxLength",params:{limit: 2048},parentSchema:schema31.properties.arn,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/arn",keyword:"minLength",params:{limit: 1},parentSchema:schema31.properties.arn,data:data0};
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
const err4 = {instancePath:instancePath+"/arn",keyword:"type",params:{type: "string"},parentSchema:schema31.properties.arn,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(!(((((((data1 === "role") || (data1 === "session")) || (data1 === "user")) || (data1 === "root")) || (data1 === "federatedUser")) || (data1 === "identityProvider")) || (data1 === "service"))){
const err5 = {instancePath:instancePath+"/kind",keyword:"enum",params:{allowedValues: schema31.properties.kind.enum},parentSchema:schema31.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.uniqueId !== undefined){
let data2 = data.uniqueId;
if(typeof data2 === "string"){
if(!pattern31.test(data2)){
const err6 = {instancePath:instancePath+"/uniqueId",keyword:"pattern",params:{pattern: "^A[A-Z0-9]{3,127}(:[A-Za-z0-9_=,.@-]{2,64})?$"},parentSchema:schema31.properties.uniqueId,data:data2};
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
const err7 = {instancePath:instancePath+"/uniqueId",keyword:"type",params:{type: "string"},parentSchema:schema31.properties.uniqueId,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.sessionName !== undefined){
let data3 = data.sessionName;
if(typeof data3 === "string"){
if(!pattern32.test(data3)){
const err8 = {instancePath:instancePath+"/sessionName",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_=,.@-]{2,64}$"},parentSchema:schema31.properties.sessionName,data:data3};
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
const err9 = {instancePath:instancePath+"/sessionName",keyword:"type",params:{type: "string"},parentSchema:schema31.properties.sessionName,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.roleArn !== undefined){
let data4 = data.roleArn;
if(typeof data4 !== "string"){
const err10 = {instancePath:instancePath+"/roleArn",keyword:"type",params:{type: "string"},parentSchema:schema31.properties.roleArn,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.federatedBy !== undefined){
let data5 = data.federatedBy;
if(typeof data5 !== "string"){
const err11 = {instancePath:instancePath+"/federatedBy",keyword:"type",params:{type: "string"},parentSchema:schema31.properties.federatedBy,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.organization !== undefined){
if(!(validate33(data.organization, {instancePath:instancePath+"/organization"}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
if(data.tags !== undefined){
if(!(validate45(data.tags, {instancePath:instancePath+"/tags"}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
if(data.vpc !== undefined){
let data8 = data.vpc;
if(typeof data8 !== "string"){
const err12 = {instancePath:instancePath+"/vpc",keyword:"type",params:{type: "string"},parentSchema:schema31.properties.vpc,data:data8};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.sourceIp !== undefined){
let data9 = data.sourceIp;
if(typeof data9 === "string"){
if(data9.length < 1){
const err13 = {instancePath:instancePath+"/sourceIp",keyword:"minLength",params:{limit: 1},parentSchema:schema31.properties.sourceIp,data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/sourceIp",keyword:"type",params:{type: "string"},parentSchema:schema31.properties.sourceIp,data:data9};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.policies !== undefined){
let data10 = data.policies;
if((typeof data10 !== "string") && (!(data10 && typeof data10 == "object" && !Array.isArray(data10)))){
const err15 = {instancePath:instancePath+"/policies",keyword:"type",params:{type: schema31.properties.policies.type},parentSchema:schema31.properties.policies,data:data10};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(typeof data10 === "string"){
if(!pattern33.test(data10)){
const err16 = {instancePath:instancePath+"/policies",keyword:"pattern",params:{pattern: "^assume-allowed$"},parentSchema:schema31.properties.policies,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key1 in data10){
if(!(((((key1 === "identity") || (key1 === "permissionsBoundary")) || (key1 === "session")) || (key1 === "scps")) || (pattern0.test(key1)))){
const err17 = {instancePath:instancePath+"/policies",keyword:"additionalProperties",params:{additionalProperty: key1},parentSchema:schema31.properties.policies,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data10.identity !== undefined){
if(!(validate36(data10.identity, {instancePath:instancePath+"/policies/identity"}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data10.permissionsBoundary !== undefined){
if(!(validate37(data10.permissionsBoundary, {instancePath:instancePath+"/policies/permissionsBoundary"}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
}
if(data10.session !== undefined){
if(!(validate36(data10.session, {instancePath:instancePath+"/policies/session"}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data10.scps !== undefined){
if(!(validate35(data10.scps, {instancePath:instancePath+"/policies/scps"}))){
vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
errors = vErrors.length;
}
}
}
}
}
else {
const err18 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
validate96.errors = vErrors;
return errors === 0;
}

const schema32 = {"type":"object","properties":{"vpcs":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/localVpc"}},"vpcHeader":{"type":"string","pattern":"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$","x-what":"the name of a header"},"defaultVpc":{"allOf":[{"$ref":"#/definitions/name"}]},"credentials":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/localCredentials"}},"targetGroups":{"type":"object","propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/localTargetGroup"}}},"patternProperties":{"^x-":{}},"additionalProperties":false};
const pattern38 = new RegExp("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$", "u");
const schema33 = {"type":"object","properties":{"address":{"type":"string","pattern":"^127(\\.(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}$","x-what":"an IPv4 loopback address such as `127.0.1.1`"},"port":{"allOf":[{"$ref":"#/definitions/port"}]}},"patternProperties":{"^x-":{}},"additionalProperties":false,"minProperties":1};
const pattern37 = new RegExp("^127(\\.(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}$", "u");

function validate106(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,keyword:"minProperties",params:{limit: 1},parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "address") || (key0 === "port")) || (pattern0.test(key0)))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.address !== undefined){
let data0 = data.address;
if(typeof data0 === "string"){
if(!pattern37.test(data0)){
const err2 = {instancePath:instancePath+"/address",keyword:"pattern",params:{pattern: "^127(\\.(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}$"},parentSchema:schema33.properties.address,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/address",keyword:"type",params:{type: "string"},parentSchema:schema33.properties.address,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.port !== undefined){
if(!(validate90(data.port, {instancePath:instancePath+"/port"}))){
vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate106.errors = vErrors;
return errors === 0;
}

const schema34 = {"type":"object","properties":{"accessKeyId":{"type":"string","pattern":"^[A-Za-z0-9]{16,128}$","x-what":"an access key id: 16 to 128 letters and digits"},"secretAccessKey":{"type":"string","minLength":1,"maxLength":256}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["accessKeyId","secretAccessKey"]};
const pattern40 = new RegExp("^[A-Za-z0-9]{16,128}$", "u");

function validate111(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.accessKeyId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "accessKeyId"},parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.secretAccessKey === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "secretAccessKey"},parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "accessKeyId") || (key0 === "secretAccessKey")) || (pattern0.test(key0)))){
const err2 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.accessKeyId !== undefined){
let data0 = data.accessKeyId;
if(typeof data0 === "string"){
if(!pattern40.test(data0)){
const err3 = {instancePath:instancePath+"/accessKeyId",keyword:"pattern",params:{pattern: "^[A-Za-z0-9]{16,128}$"},parentSchema:schema34.properties.accessKeyId,data:data0};
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
const err4 = {instancePath:instancePath+"/accessKeyId",keyword:"type",params:{type: "string"},parentSchema:schema34.properties.accessKeyId,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.secretAccessKey !== undefined){
let data1 = data.secretAccessKey;
if(typeof data1 === "string"){
if(data1.length > 256){
const err5 = {instancePath:instancePath+"/secretAccessKey",keyword:"maxLength",params:{limit: 256},parentSchema:schema34.properties.secretAccessKey,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1.length < 1){
const err6 = {instancePath:instancePath+"/secretAccessKey",keyword:"minLength",params:{limit: 1},parentSchema:schema34.properties.secretAccessKey,data:data1};
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
const err7 = {instancePath:instancePath+"/secretAccessKey",keyword:"type",params:{type: "string"},parentSchema:schema34.properties.secretAccessKey,data:data1};
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
const err8 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate111.errors = vErrors;
return errors === 0;
}

const schema35 = {"type":"object","properties":{"targets":{"type":"array","minItems":1,"maxItems":100,"items":{"$ref":"#/definitions/localTarget"}},"healthCheck":{"allOf":[{"$ref":"#/definitions/localHealthCheck"}]}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["targets"]};
const schema36 = {"type":"object","properties":{"url":{"type":"string","pattern":"^https?://[^/?#@\\s]+/?$","x-what":"a URL such as `http://127.0.0.1:8081`","maxLength":300},"command":{"type":"array","minItems":1,"maxItems":256,"items":{"type":"string","pattern":"^[^\\u0000]*$","x-what":"text without NUL","minLength":1,"maxLength":8192}},"runtime":{"enum":["http","lambda"]},"port":{"allOf":[{"$ref":"#/definitions/port"}]},"cwd":{"type":"string","minLength":1},"env":{"type":"object","maxProperties":200,"propertyNames":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]{0,127}$","x-what":"the name of a variable"},"additionalProperties":{"type":"string","pattern":"^[^\\u0000]*$","x-what":"text without NUL"}},"lambda":{"type":"string","pattern":"^[^#]+(#[A-Za-z_$][A-Za-z0-9_$]*)?$","x-what":"a module's path, and after `#` the name of its export"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"oneOf":[{"required":["url"]},{"required":["command"]},{"required":["lambda"]}],"dependencies":{"runtime":["command"],"port":["command"],"cwd":["command"],"env":["command"]}};
const pattern43 = new RegExp("^https?://[^/?#@\\s]+/?$", "u");
const pattern44 = new RegExp("^[^\\u0000]*$", "u");
const pattern45 = new RegExp("^[A-Za-z_][A-Za-z0-9_]{0,127}$", "u");
const pattern47 = new RegExp("^[^#]+(#[A-Za-z_$][A-Za-z0-9_$]*)?$", "u");

function validate115(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
const _errs1 = errors;
let valid0 = false;
let passing0 = null;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.url === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "url"},parentSchema:schema36.oneOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.command === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "command"},parentSchema:schema36.oneOf[1],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.lambda === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "lambda"},parentSchema:schema36.oneOf[2],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid0 = true;
passing0 = 2;
}
}
}
if(!valid0){
const err3 = {instancePath,keyword:"oneOf",params:{passingSchemas: passing0},parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "url") || (key0 === "command")) || (key0 === "runtime")) || (key0 === "port")) || (key0 === "cwd")) || (key0 === "env")) || (key0 === "lambda")) || (pattern0.test(key0)))){
const err4 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.runtime !== undefined){
if(data.command === undefined){
const err5 = {instancePath,keyword:"dependencies",params:{property: "runtime",
    missingProperty: "command",
    depsCount: 1,
    deps: "command"},parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.port !== undefined){
if(data.command === undefined){
const err6 = {instancePath,keyword:"dependencies",params:{property: "port",
    missingProperty: "command",
    depsCount: 1,
    deps: "command"},parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.cwd !== undefined){
if(data.command === undefined){
const err7 = {instancePath,keyword:"dependencies",params:{property: "cwd",
    missingProperty: "command",
    depsCount: 1,
    deps: "command"},parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.env !== undefined){
if(data.command === undefined){
const err8 = {instancePath,keyword:"dependencies",params:{property: "env",
    missingProperty: "command",
    depsCount: 1,
    deps: "command"},parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.url !== undefined){
let data0 = data.url;
if(typeof data0 === "string"){
if(data0.length > 300){
const err9 = {instancePath:instancePath+"/url",keyword:"maxLength",params:{limit: 300},parentSchema:schema36.properties.url,data:data0};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(!pattern43.test(data0)){
const err10 = {instancePath:instancePath+"/url",keyword:"pattern",params:{pattern: "^https?://[^/?#@\\s]+/?$"},parentSchema:schema36.properties.url,data:data0};
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
const err11 = {instancePath:instancePath+"/url",keyword:"type",params:{type: "string"},parentSchema:schema36.properties.url,data:data0};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.command !== undefined){
let data1 = data.command;
if(Array.isArray(data1)){
if(data1.length > 256){
const err12 = {instancePath:instancePath+"/command",keyword:"maxItems",params:{limit: 256},parentSchema:schema36.properties.command,data:data1};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data1.length < 1){
const err13 = {instancePath:instancePath+"/command",keyword:"minItems",params:{limit: 1},parentSchema:schema36.properties.command,data:data1};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(data2.length > 8192){
const err14 = {instancePath:instancePath+"/command/" + i0,keyword:"maxLength",params:{limit: 8192},parentSchema:schema36.properties.command.items,data:data2};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data2.length < 1){
const err15 = {instancePath:instancePath+"/command/" + i0,keyword:"minLength",params:{limit: 1},parentSchema:schema36.properties.command.items,data:data2};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(!pattern44.test(data2)){
const err16 = {instancePath:instancePath+"/command/" + i0,keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},parentSchema:schema36.properties.command.items,data:data2};
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
const err17 = {instancePath:instancePath+"/command/" + i0,keyword:"type",params:{type: "string"},parentSchema:schema36.properties.command.items,data:data2};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/command",keyword:"type",params:{type: "array"},parentSchema:schema36.properties.command,data:data1};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.runtime !== undefined){
let data3 = data.runtime;
if(!((data3 === "http") || (data3 === "lambda"))){
const err19 = {instancePath:instancePath+"/runtime",keyword:"enum",params:{allowedValues: schema36.properties.runtime.enum},parentSchema:schema36.properties.runtime,data:data3};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.port !== undefined){
if(!(validate90(data.port, {instancePath:instancePath+"/port"}))){
vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
errors = vErrors.length;
}
}
if(data.cwd !== undefined){
let data5 = data.cwd;
if(typeof data5 === "string"){
if(data5.length < 1){
const err20 = {instancePath:instancePath+"/cwd",keyword:"minLength",params:{limit: 1},parentSchema:schema36.properties.cwd,data:data5};
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
const err21 = {instancePath:instancePath+"/cwd",keyword:"type",params:{type: "string"},parentSchema:schema36.properties.cwd,data:data5};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.env !== undefined){
let data6 = data.env;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(Object.keys(data6).length > 200){
const err22 = {instancePath:instancePath+"/env",keyword:"maxProperties",params:{limit: 200},parentSchema:schema36.properties.env,data:data6};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
for(const key1 in data6){
const _errs19 = errors;
if(typeof key1 === "string"){
if(!pattern45.test(key1)){
const err23 = {instancePath:instancePath+"/env",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]{0,127}$"},parentSchema:schema36.properties.env.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/env",keyword:"type",params:{type: "string"},parentSchema:schema36.properties.env.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
var valid6 = _errs19 === errors;
if(!valid6){
const err25 = {instancePath:instancePath+"/env",keyword:"propertyNames",params:{propertyName: key1},parentSchema:schema36.properties.env,data:data6};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
for(const key2 in data6){
let data7 = data6[key2];
if(typeof data7 === "string"){
if(!pattern44.test(data7)){
const err26 = {instancePath:instancePath+"/env/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},parentSchema:schema36.properties.env.additionalProperties,data:data7};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/env/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "string"},parentSchema:schema36.properties.env.additionalProperties,data:data7};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/env",keyword:"type",params:{type: "object"},parentSchema:schema36.properties.env,data:data6};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.lambda !== undefined){
let data8 = data.lambda;
if(typeof data8 === "string"){
if(!pattern47.test(data8)){
const err29 = {instancePath:instancePath+"/lambda",keyword:"pattern",params:{pattern: "^[^#]+(#[A-Za-z_$][A-Za-z0-9_$]*)?$"},parentSchema:schema36.properties.lambda,data:data8};
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
const err30 = {instancePath:instancePath+"/lambda",keyword:"type",params:{type: "string"},parentSchema:schema36.properties.lambda,data:data8};
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
const err31 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
validate115.errors = vErrors;
return errors === 0;
}

const schema37 = {"type":"object","properties":{"path":{"type":"string","pattern":"^/[!-~]*$","x-what":"a path that begins with `/`","maxLength":2048},"intervalMs":{"type":"integer","minimum":50,"maximum":300000},"timeoutMs":{"type":"integer","minimum":10,"maximum":120000},"healthyThreshold":{"type":"integer","minimum":1,"maximum":10},"unhealthyThreshold":{"type":"integer","minimum":1,"maximum":10},"matcher":{"type":"string","pattern":"^[2-5][0-9]{2}(-[2-5][0-9]{2})?(,[2-5][0-9]{2}(-[2-5][0-9]{2})?)*$","x-what":"status codes such as `200`, `200-299` or `200,204`","maxLength":200}},"patternProperties":{"^x-":{}},"additionalProperties":false};
const pattern49 = new RegExp("^/[!-~]*$", "u");
const pattern50 = new RegExp("^[2-5][0-9]{2}(-[2-5][0-9]{2})?(,[2-5][0-9]{2}(-[2-5][0-9]{2})?)*$", "u");

function validate118(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "path") || (key0 === "intervalMs")) || (key0 === "timeoutMs")) || (key0 === "healthyThreshold")) || (key0 === "unhealthyThreshold")) || (key0 === "matcher")) || (pattern0.test(key0)))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.path !== undefined){
let data0 = data.path;
if(typeof data0 === "string"){
if(data0.length > 2048){
const err1 = {instancePath:instancePath+"/path",keyword:"maxLength",params:{limit: 2048},parentSchema:schema37.properties.path,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!pattern49.test(data0)){
const err2 = {instancePath:instancePath+"/path",keyword:"pattern",params:{pattern: "^/[!-~]*$"},parentSchema:schema37.properties.path,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/path",keyword:"type",params:{type: "string"},parentSchema:schema37.properties.path,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.intervalMs !== undefined){
let data1 = data.intervalMs;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/intervalMs",keyword:"type",params:{type: "integer"},parentSchema:schema37.properties.intervalMs,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 300000 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/intervalMs",keyword:"maximum",params:{comparison: "<=", limit: 300000},parentSchema:schema37.properties.intervalMs,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1 < 50 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/intervalMs",keyword:"minimum",params:{comparison: ">=", limit: 50},parentSchema:schema37.properties.intervalMs,data:data1};
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
if(data.timeoutMs !== undefined){
let data2 = data.timeoutMs;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err7 = {instancePath:instancePath+"/timeoutMs",keyword:"type",params:{type: "integer"},parentSchema:schema37.properties.timeoutMs,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 120000 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/timeoutMs",keyword:"maximum",params:{comparison: "<=", limit: 120000},parentSchema:schema37.properties.timeoutMs,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2 < 10 || isNaN(data2)){
const err9 = {instancePath:instancePath+"/timeoutMs",keyword:"minimum",params:{comparison: ">=", limit: 10},parentSchema:schema37.properties.timeoutMs,data:data2};
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
if(data.healthyThreshold !== undefined){
let data3 = data.healthyThreshold;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err10 = {instancePath:instancePath+"/healthyThreshold",keyword:"type",params:{type: "integer"},parentSchema:schema37.properties.healthyThreshold,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 10 || isNaN(data3)){
const err11 = {instancePath:instancePath+"/healthyThreshold",keyword:"maximum",params:{comparison: "<=", limit: 10},parentSchema:schema37.properties.healthyThreshold,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err12 = {instancePath:instancePath+"/healthyThreshold",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema37.properties.healthyThreshold,data:data3};
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
if(data.unhealthyThreshold !== undefined){
let data4 = data.unhealthyThreshold;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err13 = {instancePath:instancePath+"/unhealthyThreshold",keyword:"type",params:{type: "integer"},parentSchema:schema37.properties.unhealthyThreshold,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 10 || isNaN(data4)){
const err14 = {instancePath:instancePath+"/unhealthyThreshold",keyword:"maximum",params:{comparison: "<=", limit: 10},parentSchema:schema37.properties.unhealthyThreshold,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data4 < 1 || isNaN(data4)){
const err15 = {instancePath:instancePath+"/unhealthyThreshold",keyword:"minimum",params:{comparison: ">=", limit: 1},parentSchema:schema37.properties.unhealthyThreshold,data:data4};
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
if(data.matcher !== undefined){
let data5 = data.matcher;
if(typeof data5 === "string"){
if(data5.length > 200){
const err16 = {instancePath:instancePath+"/matcher",keyword:"maxLength",params:{limit: 200},parentSchema:schema37.properties.matcher,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(!pattern50.test(data5)){
const err17 = {instancePath:instancePath+"/matcher",keyword:"pattern",params:{pattern: "^[2-5][0-9]{2}(-[2-5][0-9]{2})?(,[2-5][0-9]{2}(-[2-5][0-9]{2})?)*$"},parentSchema:schema37.properties.matcher,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/matcher",keyword:"type",params:{type: "string"},parentSchema:schema37.properties.matcher,data:data5};
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
else {
const err19 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
validate118.errors = vErrors;
return errors === 0;
}


function validate114(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.targets === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "targets"},parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "targets") || (key0 === "healthCheck")) || (pattern0.test(key0)))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.targets !== undefined){
let data0 = data.targets;
if(Array.isArray(data0)){
if(data0.length > 100){
const err2 = {instancePath:instancePath+"/targets",keyword:"maxItems",params:{limit: 100},parentSchema:schema35.properties.targets,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/targets",keyword:"minItems",params:{limit: 1},parentSchema:schema35.properties.targets,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate115(data0[i0], {instancePath:instancePath+"/targets/" + i0}))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/targets",keyword:"type",params:{type: "array"},parentSchema:schema35.properties.targets,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.healthCheck !== undefined){
if(!(validate118(data.healthCheck, {instancePath:instancePath+"/healthCheck"}))){
vErrors = vErrors === null ? validate118.errors : vErrors.concat(validate118.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate114.errors = vErrors;
return errors === 0;
}


function validate104(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "vpcs") || (key0 === "vpcHeader")) || (key0 === "defaultVpc")) || (key0 === "credentials")) || (key0 === "targetGroups")) || (pattern0.test(key0)))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.vpcs !== undefined){
let data0 = data.vpcs;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
const _errs4 = errors;
if(!(validate28(key1, {instancePath:instancePath+"/vpcs"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var valid1 = _errs4 === errors;
if(!valid1){
const err1 = {instancePath:instancePath+"/vpcs",keyword:"propertyNames",params:{propertyName: key1},parentSchema:schema32.properties.vpcs,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
for(const key2 in data0){
if(!(validate106(data0[key2], {instancePath:instancePath+"/vpcs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/vpcs",keyword:"type",params:{type: "object"},parentSchema:schema32.properties.vpcs,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.vpcHeader !== undefined){
let data2 = data.vpcHeader;
if(typeof data2 === "string"){
if(!pattern38.test(data2)){
const err3 = {instancePath:instancePath+"/vpcHeader",keyword:"pattern",params:{pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$"},parentSchema:schema32.properties.vpcHeader,data:data2};
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
const err4 = {instancePath:instancePath+"/vpcHeader",keyword:"type",params:{type: "string"},parentSchema:schema32.properties.vpcHeader,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.defaultVpc !== undefined){
if(!(validate28(data.defaultVpc, {instancePath:instancePath+"/defaultVpc"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.credentials !== undefined){
let data4 = data.credentials;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key3 in data4){
const _errs13 = errors;
if(!(validate28(key3, {instancePath:instancePath+"/credentials"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var valid4 = _errs13 === errors;
if(!valid4){
const err5 = {instancePath:instancePath+"/credentials",keyword:"propertyNames",params:{propertyName: key3},parentSchema:schema32.properties.credentials,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
for(const key4 in data4){
if(!(validate111(data4[key4], {instancePath:instancePath+"/credentials/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/credentials",keyword:"type",params:{type: "object"},parentSchema:schema32.properties.credentials,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.targetGroups !== undefined){
let data6 = data.targetGroups;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key5 in data6){
const _errs18 = errors;
if(!(validate28(key5, {instancePath:instancePath+"/targetGroups"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var valid6 = _errs18 === errors;
if(!valid6){
const err7 = {instancePath:instancePath+"/targetGroups",keyword:"propertyNames",params:{propertyName: key5},parentSchema:schema32.properties.targetGroups,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
for(const key6 in data6){
if(!(validate114(data6[key6], {instancePath:instancePath+"/targetGroups/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate114.errors : vErrors.concat(validate114.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/targetGroups",keyword:"type",params:{type: "object"},parentSchema:schema32.properties.targetGroups,data:data6};
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
const err9 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate104.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath=""}={}){
/*# sourceURL="urn:lattice-auth:stack:1" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.serviceNetworks === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "serviceNetworks"},parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.services === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "services"},parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema6.properties, key0)) || (pattern0.test(key0)))){
const err2 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err3 = {instancePath:instancePath+"/$schema",keyword:"type",params:{type: "string"},schema:schema6.properties.$schema.type,parentSchema:schema6.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.version !== undefined){
let data1 = data.version;
if(1 !== data1){
const err4 = {instancePath:instancePath+"/version",keyword:"const",params:{allowedValue: 1},parentSchema:schema6.properties.version,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.description !== undefined){
let data2 = data.description;
if(typeof data2 !== "string"){
const err5 = {instancePath:instancePath+"/description",keyword:"type",params:{type: "string"},parentSchema:schema6.properties.description,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.partition !== undefined){
let data3 = data.partition;
if(!(((data3 === "aws") || (data3 === "aws-cn")) || (data3 === "aws-us-gov"))){
const err6 = {instancePath:instancePath+"/partition",keyword:"enum",params:{allowedValues: schema6.properties.partition.enum},parentSchema:schema6.properties.partition,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.region !== undefined){
if(!(validate22(data.region, {instancePath:instancePath+"/region"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.account !== undefined){
if(!(validate24(data.account, {instancePath:instancePath+"/account"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.now !== undefined){
if(!(validate26(data.now, {instancePath:instancePath+"/now"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.accounts !== undefined){
let data7 = data.accounts;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key1 in data7){
const _errs13 = errors;
if(!(validate28(key1, {instancePath:instancePath+"/accounts"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var valid1 = _errs13 === errors;
if(!valid1){
const err7 = {instancePath:instancePath+"/accounts",keyword:"propertyNames",params:{propertyName: key1},parentSchema:schema6.properties.accounts,data:data7};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
for(const key2 in data7){
if(!(validate30(data7[key2], {instancePath:instancePath+"/accounts/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/accounts",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.accounts,data:data7};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.vpcs !== undefined){
let data9 = data.vpcs;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key3 in data9){
const _errs18 = errors;
if(!(validate28(key3, {instancePath:instancePath+"/vpcs"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var valid3 = _errs18 === errors;
if(!valid3){
const err9 = {instancePath:instancePath+"/vpcs",keyword:"propertyNames",params:{propertyName: key3},parentSchema:schema6.properties.vpcs,data:data9};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
for(const key4 in data9){
if(!(validate43(data9[key4], {instancePath:instancePath+"/vpcs/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath:instancePath+"/vpcs",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.vpcs,data:data9};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.serviceNetworks !== undefined){
let data11 = data.serviceNetworks;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key5 in data11){
const _errs23 = errors;
if(!(validate28(key5, {instancePath:instancePath+"/serviceNetworks"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var valid5 = _errs23 === errors;
if(!valid5){
const err11 = {instancePath:instancePath+"/serviceNetworks",keyword:"propertyNames",params:{propertyName: key5},parentSchema:schema6.properties.serviceNetworks,data:data11};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
for(const key6 in data11){
if(!(validate49(data11[key6], {instancePath:instancePath+"/serviceNetworks/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath:instancePath+"/serviceNetworks",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.serviceNetworks,data:data11};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.services !== undefined){
let data13 = data.services;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key7 in data13){
const _errs28 = errors;
if(!(validate28(key7, {instancePath:instancePath+"/services"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var valid7 = _errs28 === errors;
if(!valid7){
const err13 = {instancePath:instancePath+"/services",keyword:"propertyNames",params:{propertyName: key7},parentSchema:schema6.properties.services,data:data13};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
for(const key8 in data13){
if(!(validate58(data13[key8], {instancePath:instancePath+"/services/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/services",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.services,data:data13};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.targetGroups !== undefined){
let data15 = data.targetGroups;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key9 in data15){
const _errs33 = errors;
if(!(validate28(key9, {instancePath:instancePath+"/targetGroups"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var valid9 = _errs33 === errors;
if(!valid9){
const err15 = {instancePath:instancePath+"/targetGroups",keyword:"propertyNames",params:{propertyName: key9},parentSchema:schema6.properties.targetGroups,data:data15};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
for(const key10 in data15){
if(!(validate87(data15[key10], {instancePath:instancePath+"/targetGroups/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath:instancePath+"/targetGroups",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.targetGroups,data:data15};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.principals !== undefined){
let data17 = data.principals;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key11 in data17){
const _errs38 = errors;
if(!(validate28(key11, {instancePath:instancePath+"/principals"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var valid11 = _errs38 === errors;
if(!valid11){
const err17 = {instancePath:instancePath+"/principals",keyword:"propertyNames",params:{propertyName: key11},parentSchema:schema6.properties.principals,data:data17};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
for(const key12 in data17){
if(!(validate96(data17[key12], {instancePath:instancePath+"/principals/" + key12.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate96.errors : vErrors.concat(validate96.errors);
errors = vErrors.length;
}
}
}
else {
const err18 = {instancePath:instancePath+"/principals",keyword:"type",params:{type: "object"},parentSchema:schema6.properties.principals,data:data17};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.local !== undefined){
if(!(validate104(data.local, {instancePath:instancePath+"/local"}))){
vErrors = vErrors === null ? validate104.errors : vErrors.concat(validate104.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath,keyword:"type",params:{type: "object"},parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
