global using Xunit;
// bUnit has a TestContext too.
global using TestContext = Xunit.TestContext;
