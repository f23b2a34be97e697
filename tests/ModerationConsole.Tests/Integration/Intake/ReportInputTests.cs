using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Intake;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

public sealed class ReportInputTests : IAsyncLifetime
{
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        await _console.TakesItemsAsync();
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData("reporter", null, "/reporter")]
    [InlineData("reporter", """{"kind":"bot","id":"u-12","typeId":"it_user"}""", "/reporter")]
    [InlineData("reporter", """{"kind":"user","id":"u\u0000","typeId":"it_user"}""", "/reporter")]
    [InlineData("reporter", """{"kind":"user","id":"u-12","typeId":"nowhere"}""", "/reporter")]
    [InlineData("reportedAt", null, "/reportedAt")]
    [InlineData("reportedAt", "\"the other day\"", "/reportedAt")]
    [InlineData("reportedAt", "1714644000000", "/reportedAt")]
    [InlineData("reportedItem", null, "/reportedItem")]
    [InlineData("reportedItem", """{"id":"p-481","typeId":"it_post","data":{}}""", "/reportedItem/data/text")]
    [InlineData("reportedForReason", "\"spam\"", "/reportedForReason")]
    [InlineData("reportedForReason", """{"csam":"yes"}""", "/reportedForReason/csam")]
    [InlineData("reportedForReason", """{"reason":5}""", "/reportedForReason/reason")]
    [InlineData("reportedItemThread", """[{"id":"u-1","typeId":"it_user","data":{}}]""", "/reportedItemThread/0")]
    [InlineData("reportedItemThread", "{}", "/reportedItemThread")]
    [InlineData("reportedItemsInThread", """[{"id":"c-9"}]""", "/reportedItemsInThread/0")]
    [InlineData("additionalItems", """[{"id":"p-1","typeId":"it_post","data":{"text":"x"}},{"id":"p-2"}]""", "/additionalItems/1")]
    public async Task Report_WithSomethingWrong_IsRefusedByItsPointerAndNothingIsStored(string name, string? value, string pointer)
    {
        ReportOutcome outcome = await _console.ReportAsync(report =>
        {
            report.Remove(name);
            if (value is not null)
            {
                report[name] = JsonNode.Parse(value);
            }
        });

        Assert.Equal(IntakeAnswer.Refused, outcome.Answer);
        Assert.Contains(pointer, outcome.Problems.Select(problem => problem.Pointer));
        Assert.Equal(0, await CountAsync<ItemVersion>());
        Assert.Equal(0, await CountAsync<Report>());
    }

    [Theory]
    [InlineData("reportedForReason", null)]
    [InlineData("reportedForReason", """{"policyId":null,"reason":null,"csam":null}""")]
    [InlineData("reportedItemThread", null)]
    [InlineData("reportedItemThread", "[]")]
    [InlineData("additionalItems", """[{"id":"u-9","typeId":"it_user","data":{"display_name":"someone"}}]""")]
    public async Task Report_WithoutWhatMayBeLeftOut_IsAccepted(string name, string? value)
    {
        ReportOutcome outcome = await _console.ReportAsync(report => report[name] = value is null ? null : JsonNode.Parse(value));

        Assert.Equal(IntakeAnswer.Accepted, outcome.Answer);
    }

    [Fact]
    public async Task ReportOfAThread_WithAdditionalItems_IsRefused()
    {
        ReportOutcome outcome = await _console.ReportAsync(report => report["reportedItem"] = JsonNode.Parse("""{"id":"t-1","typeId":"it_thread","data":{}}"""));

        Assert.Equal("report.additional-of-thread", Assert.Single(outcome.Problems).Code);
        Assert.Equal(IntakeAnswer.Accepted, (await _console.ReportAsync(report =>
        {
            report["reportedItem"] = JsonNode.Parse("""{"id":"t-1","typeId":"it_thread","data":{}}""");
            report.Remove("additionalItems");
        })).Answer);
    }

    private Task<int> CountAsync<T>()
        where T : class => _console.ReadAsync(db => db.Set<T>().CountAsync(Cancel));
}
