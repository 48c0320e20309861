export async function phone() {}
