using System.Text.Json;
using ModerationConsole.Core.Intake;

namespace ModerationConsole.Tests.Unit.Intake;

public sealed class ExternalIdTests
{
    [Theory]
    [InlineData("\"a\"", "a")]
    [InlineData("\" a\"", " a")]
    [InlineData("\"a b\"", "a b")]
    [InlineData("12", "12")]
    // SQL Server takes these for "a": one person's item would become another's.
    [InlineData("\"a \"", null)]
    [InlineData("\"a  \"", null)]
    [InlineData("\" \"", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"a\\n\"", null)]
    [InlineData("1.5", null)]
    public void Id_IsTakenAsItStandsOrNotAtAll(string json, string? id) =>
        Assert.Equal(id, ExternalId.Read(JsonDocument.Parse(json).RootElement));
}
