export async function views() {}
