package web

// Resumable are the patterns of the forms that are kept, for the test that tries each of them.
var Resumable = resumable
