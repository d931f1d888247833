/** The kernel as WebAssembly in base64; made by the build from lib/kernel/assembly. */
declare const binary: string;
export default binary;
