using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Integration.Decisions;

/// <summary>What a desk tells of who reported.</summary>
public sealed class DeskReporterTests : DeskContextScene
{
    [Fact]
    public async Task Reporter_WithJudgedReports_CarriesTheirRecord()
    {
        await DecidedAsync(Verdict.Violation, "alder");
        await DecidedAsync(Verdict.Violation, "alder");
        await DecidedAsync(Verdict.Allow, "alder");
        await DecidedAsync(Verdict.CannotReview, "alder");
        await DecidedAsync(Verdict.Violation, "birch");
        await DecidedAsync(Verdict.Violation, "alder", sensitivity: Sensitivity.ChildSafety);
        ReviewTask task = await HeldAsync();
        await ReportAsync(task.CaseNumber, "alder");

        DeskReport report = Assert.Single((await CaseAsync(task))!.Reports);

        Assert.Equal(new ReporterRecord(2, 3), report.Record);
    }

    [Fact]
    public async Task Reporter_WhoReportedACaseTwice_IsCountedOnce()
    {
        Case about = await DecidedAsync(Verdict.Violation, "alder");
        await ReportAsync(about.Number, "alder");
        ReviewTask task = await HeldAsync();
        await ReportAsync(task.CaseNumber, "alder");

        Assert.Equal(new ReporterRecord(1, 1), (await CaseAsync(task))!.Reports[0].Record);
    }

    [Fact]
    public async Task Reporter_OfAnotherTypeWithTheSameId_IsSomeoneElse()
    {
        Case about = await DecidedAsync(Verdict.Violation, "alder");
        await Console.WriteAsync(scope =>
        {
            scope.Db.Add(new Report { CaseNumber = about.Number, ReporterTypeId = "page", ReporterId = "birch", ReportedAt = scope.Now, ReceivedAt = scope.Now });
            return Task.FromResult(0);
        });
        ReviewTask task = await HeldAsync();
        await ReportAsync(task.CaseNumber, "birch");

        Assert.Equal(ReporterRecord.None, (await CaseAsync(task))!.Reports[0].Record);
    }

    [Fact]
    public async Task Reporter_WhoWasRightLongAgo_IsUnknownAgain()
    {
        await DecidedAsync(Verdict.Violation, "alder");
        Console.Clock.Advance(TimeSpan.FromDays(181));
        ReviewTask task = await HeldAsync();
        await ReportAsync(task.CaseNumber, "alder");

        Assert.Equal(0, (await CaseAsync(task))!.Reports[0].Record.Judged);
    }
}
