/** What `tools/kernels.ts` makes: a WebAssembly module, deflated, as base64. */
declare module 'virtual:kernels/plain' {
  const base64: string;
  export default base64;
}
declare module 'virtual:kernels/relaxed' {
  const base64: string;
  export default base64;
}
