/** The package's `main` is CommonJS in a package marked as a module, which Node refuses: we import the module itself. */
declare module 'wgsl_reflect/wgsl_reflect.module.js' {
  export * from 'wgsl_reflect';
}
