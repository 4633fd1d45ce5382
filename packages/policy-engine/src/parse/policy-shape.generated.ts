// @ts-nocheck
// Written by scripts/generate-shape.mjs from schema/policy.schema.json: do not edit; run `npm run generate`.
"use strict";
export const validateDocument = validate21;
const schema6 = {"$id":"document","type":"object","required":["Statement"],"additionalProperties":false,"properties":{"Version":{"enum":["2012-10-17","2008-10-17"]},"Id":{"type":"string"},"Statement":{"type":["object","array"],"minItems":1,"items":{"type":"object"}}}};

function validate21(data, {instancePath=""}={}){
/*# sourceURL="document" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Statement === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "Statement"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "Version") || (key0 === "Id")) || (key0 === "Statement"))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.Version !== undefined){
let data0 = data.Version;
if(!((data0 === "2012-10-17") || (data0 === "2008-10-17"))){
const err2 = {instancePath:instancePath+"/Version",keyword:"enum",params:{allowedValues: schema6.properties.Version.enum}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.Id !== undefined){
if(typeof data.Id !== "string"){
const err3 = {instancePath:instancePath+"/Id",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.Statement !== undefined){
let data2 = data.Statement;
if(!data2 || typeof data2 != "object"){
const err4 = {instancePath:instancePath+"/Statement",keyword:"type",params:{type: schema6.properties.Statement.type}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(Array.isArray(data2)){
if(data2.length < 1){
const err5 = {instancePath:instancePath+"/Statement",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(!(data3 && typeof data3 == "object" && !Array.isArray(data3))){
const err6 = {instancePath:instancePath+"/Statement/" + i0,keyword:"type",params:{type: "object"}};
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
}
}
else {
const err7 = {instancePath,keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateStatement = validate22;
const schema7 = {"$id":"statement","type":"object","required":["Effect"],"additionalProperties":false,"properties":{"Sid":{"type":"string"},"Effect":{"enum":["Allow","Deny"]},"Principal":{"$ref":"#/definitions/Principal"},"NotPrincipal":{"$ref":"#/definitions/Principal"},"Action":{"$ref":"#/definitions/Strings"},"NotAction":{"$ref":"#/definitions/Strings"},"Resource":{"$ref":"#/definitions/Strings"},"NotResource":{"$ref":"#/definitions/Strings"},"Condition":{"type":"object","additionalProperties":{"type":"object","additionalProperties":{"type":["string","number","boolean","array"],"items":{"type":["string","number","boolean"]}}}}},"definitions":{"Principal":{"type":["string","object"],"additionalProperties":false,"properties":{"AWS":{"$ref":"#/definitions/Strings"},"Service":{"$ref":"#/definitions/Strings"},"Federated":{"$ref":"#/definitions/Strings"},"CanonicalUser":{"$ref":"#/definitions/Strings"}}},"Strings":{"type":["string","array"],"items":{"type":"string"}}}};
const func2 = Object.prototype.hasOwnProperty;
const schema8 = {"type":["string","object"],"additionalProperties":false,"properties":{"AWS":{"$ref":"#/definitions/Strings"},"Service":{"$ref":"#/definitions/Strings"},"Federated":{"$ref":"#/definitions/Strings"},"CanonicalUser":{"$ref":"#/definitions/Strings"}}};
const schema9 = {"type":["string","array"],"items":{"type":"string"}};

function validate24(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(Array.isArray(data)))){
const err0 = {instancePath,keyword:"type",params:{type: schema9.type}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(typeof data[i0] !== "string"){
const err1 = {instancePath:instancePath+"/" + i0,keyword:"type",params:{type: "string"}};
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
validate24.errors = vErrors;
return errors === 0;
}


function validate23(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,keyword:"type",params:{type: schema8.type}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "AWS") || (key0 === "Service")) || (key0 === "Federated")) || (key0 === "CanonicalUser"))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.AWS !== undefined){
if(!(validate24(data.AWS, {instancePath:instancePath+"/AWS"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.Service !== undefined){
if(!(validate24(data.Service, {instancePath:instancePath+"/Service"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.Federated !== undefined){
if(!(validate24(data.Federated, {instancePath:instancePath+"/Federated"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.CanonicalUser !== undefined){
if(!(validate24(data.CanonicalUser, {instancePath:instancePath+"/CanonicalUser"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
}
validate23.errors = vErrors;
return errors === 0;
}


function validate22(data, {instancePath=""}={}){
/*# sourceURL="statement" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Effect === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "Effect"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema7.properties, key0))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.Sid !== undefined){
if(typeof data.Sid !== "string"){
const err2 = {instancePath:instancePath+"/Sid",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.Effect !== undefined){
let data1 = data.Effect;
if(!((data1 === "Allow") || (data1 === "Deny"))){
const err3 = {instancePath:instancePath+"/Effect",keyword:"enum",params:{allowedValues: schema7.properties.Effect.enum}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.Principal !== undefined){
if(!(validate23(data.Principal, {instancePath:instancePath+"/Principal"}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.NotPrincipal !== undefined){
if(!(validate23(data.NotPrincipal, {instancePath:instancePath+"/NotPrincipal"}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.Action !== undefined){
if(!(validate24(data.Action, {instancePath:instancePath+"/Action"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.NotAction !== undefined){
if(!(validate24(data.NotAction, {instancePath:instancePath+"/NotAction"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.Resource !== undefined){
if(!(validate24(data.Resource, {instancePath:instancePath+"/Resource"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.NotResource !== undefined){
if(!(validate24(data.NotResource, {instancePath:instancePath+"/NotResource"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.Condition !== undefined){
let data8 = data.Condition;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key1 in data8){
let data9 = data8[key1];
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key2 in data9){
let data10 = data9[key2];
if((((typeof data10 !== "string") && (!(typeof data10 == "number"))) && (typeof data10 !== "boolean")) && (!(Array.isArray(data10)))){
const err4 = {instancePath:instancePath+"/Condition/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: schema7.properties.Condition.additionalProperties.additionalProperties.type}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(Array.isArray(data10)){
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
let data11 = data10[i0];
if(((typeof data11 !== "string") && (!(typeof data11 == "number"))) && (typeof data11 !== "boolean")){
const err5 = {instancePath:instancePath+"/Condition/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,keyword:"type",params:{type: schema7.properties.Condition.additionalProperties.additionalProperties.items.type}};
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
}
}
else {
const err6 = {instancePath:instancePath+"/Condition/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "object"}};
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
const err7 = {instancePath:instancePath+"/Condition",keyword:"type",params:{type: "object"}};
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
const err8 = {instancePath,keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}
