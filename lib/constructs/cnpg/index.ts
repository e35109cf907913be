export * from './cloudnative-pg';
