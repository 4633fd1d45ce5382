// @ts-nocheck
// Written by scripts/generate-shape.mjs from schema/policy.schema.json: do not edit; run `npm run generate`.
"use strict";
export const validateDocument = validate21;

function validate21(data, {instancePath=""}={}){
/*# sourceURL="document" */;
let vErrors = null;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Statement === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "Statement"}});
}
for(const key0 in data){
if(!(((key0 === "Version") || (key0 === "Id")) || (key0 === "Statement"))){
(vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
}
}
if(data.Version !== undefined){
let data0 = data.Version;
if(!((data0 === "2012-10-17") || (data0 === "2008-10-17"))){
(vErrors ??= []).push({instancePath:instancePath+"/Version",keyword:"enum",params:{allowedValues: ["2012-10-17","2008-10-17"]}});
}
}
if(data.Id !== undefined){
if(typeof data.Id !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/Id",keyword:"type",params:{type: "string"}});
}
}
if(data.Statement !== undefined){
let data2 = data.Statement;
if(!data2 || typeof data2 != "object"){
(vErrors ??= []).push({instancePath:instancePath+"/Statement",keyword:"type",params:{type: ["object","array"]}});
}
if(Array.isArray(data2)){
if(data2.length < 1){
(vErrors ??= []).push({instancePath:instancePath+"/Statement",keyword:"minItems",params:{limit: 1}});
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(!(data3 && typeof data3 == "object" && !Array.isArray(data3))){
(vErrors ??= []).push({instancePath:instancePath+"/Statement/" + i0,keyword:"type",params:{type: "object"}});
}
}
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate21.errors = vErrors;
return vErrors === null;
}

export const validateStatement = validate22;

function validate24(data, {instancePath=""}={}){
let vErrors = null;
if((typeof data !== "string") && (!(Array.isArray(data)))){
(vErrors ??= []).push({instancePath,keyword:"type",params:{type: ["string","array"]}});
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(typeof data[i0] !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/" + i0,keyword:"type",params:{type: "string"}});
}
}
}
validate24.errors = vErrors;
return vErrors === null;
}


function validate23(data, {instancePath=""}={}){
let vErrors = null;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
(vErrors ??= []).push({instancePath,keyword:"type",params:{type: ["string","object"]}});
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "AWS") || (key0 === "Service")) || (key0 === "Federated")) || (key0 === "CanonicalUser"))){
(vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
}
}
if(data.AWS !== undefined){
if(!(validate24(data.AWS, {instancePath:instancePath+"/AWS"}))){
(vErrors ??= []).push(...validate24.errors);
}
}
if(data.Service !== undefined){
if(!(validate24(data.Service, {instancePath:instancePath+"/Service"}))){
(vErrors ??= []).push(...validate24.errors);
}
}
if(data.Federated !== undefined){
if(!(validate24(data.Federated, {instancePath:instancePath+"/Federated"}))){
(vErrors ??= []).push(...validate24.errors);
}
}
if(data.CanonicalUser !== undefined){
if(!(validate24(data.CanonicalUser, {instancePath:instancePath+"/CanonicalUser"}))){
(vErrors ??= []).push(...validate24.errors);
}
}
}
validate23.errors = vErrors;
return vErrors === null;
}


function validate22(data, {instancePath=""}={}){
/*# sourceURL="statement" */;
let vErrors = null;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Effect === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "Effect"}});
}
for(const key0 in data){
if(!(["Sid","Effect","Principal","NotPrincipal","Action","NotAction","Resource","NotResource","Condition"].includes(key0))){
(vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
}
}
if(data.Sid !== undefined){
if(typeof data.Sid !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/Sid",keyword:"type",params:{type: "string"}});
}
}
if(data.Effect !== undefined){
let data1 = data.Effect;
if(!((data1 === "Allow") || (data1 === "Deny"))){
(vErrors ??= []).push({instancePath:instancePath+"/Effect",keyword:"enum",params:{allowedValues: ["Allow","Deny"]}});
}
}
if(data.Principal !== undefined){
if(!(validate23(data.Principal, {instancePath:instancePath+"/Principal"}))){
(vErrors ??= []).push(...validate23.errors);
}
}
if(data.NotPrincipal !== undefined){
if(!(validate23(data.NotPrincipal, {instancePath:instancePath+"/NotPrincipal"}))){
(vErrors ??= []).push(...validate23.errors);
}
}
if(data.Action !== undefined){
if(!(validate24(data.Action, {instancePath:instancePath+"/Action"}))){
(vErrors ??= []).push(...validate24.errors);
}
}
if(data.NotAction !== undefined){
if(!(validate24(data.NotAction, {instancePath:instancePath+"/NotAction"}))){
(vErrors ??= []).push(...validate24.errors);
}
}
if(data.Resource !== undefined){
if(!(validate24(data.Resource, {instancePath:instancePath+"/Resource"}))){
(vErrors ??= []).push(...validate24.errors);
}
}
if(data.NotResource !== undefined){
if(!(validate24(data.NotResource, {instancePath:instancePath+"/NotResource"}))){
(vErrors ??= []).push(...validate24.errors);
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
(vErrors ??= []).push({instancePath:instancePath+"/Condition/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: ["string","number","boolean","array"]}});
}
if(Array.isArray(data10)){
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
let data11 = data10[i0];
if(((typeof data11 !== "string") && (!(typeof data11 == "number"))) && (typeof data11 !== "boolean")){
(vErrors ??= []).push({instancePath:instancePath+"/Condition/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,keyword:"type",params:{type: ["string","number","boolean"]}});
}
}
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Condition/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "object"}});
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Condition",keyword:"type",params:{type: "object"}});
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate22.errors = vErrors;
return vErrors === null;
}
