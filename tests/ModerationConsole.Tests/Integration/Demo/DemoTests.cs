using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Demo;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Notices;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Demo;

public sealed class DemoTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Development_EmptyConsole_IsFilledOnceWithPeopleCasesPicturesAndAPast()
    {
        await using TestConsole console = await StartAsync(Environments.Development);

        DemoAccess? demo = await console.Use<FillDemo>().RunAsync(Caller.System, Cancel);
        long cases = await console.ReadAsync(db => db.Set<Case>().LongCountAsync(Cancel));
        DemoAccess? again = await console.Use<FillDemo>().RunAsync(Caller.System, Cancel);

        Assert.NotNull(demo);
        Assert.Equal(demo.ApiKey, again!.ApiKey);
        Assert.Equal(demo.Password, again.Password);
        Assert.Equal(8, await console.ReadAsync(db => db.Set<Moderator>().CountAsync(Cancel)));
        Assert.Equal(cases, await console.ReadAsync(db => db.Set<Case>().LongCountAsync(Cancel)));
        Assert.True(await console.ReadAsync(db => db.Set<WaitingTask>().CountAsync(Cancel)) >= 30);
        Assert.True(await console.ReadAsync(db => db.Set<Decision>().CountAsync(Cancel)) >= 5);
        Assert.Equal(3, await console.ReadAsync(db => db.Set<Core.Escalations.Precedents.Precedent>().CountAsync(Cancel)));
        Assert.True(await console.ReadAsync(db => db.Set<MediaObject>().CountAsync(row => row.State == MediaState.Ready, Cancel)) >= 7);
        Assert.Equal(0, await console.ReadAsync(db => db.Set<MediaObject>().CountAsync(row => row.State != MediaState.Ready, Cancel)));
    }

    [Fact]
    public async Task Demo_Filled_HasACaseWithReportersOfEveryStanding_CommentsAndWordsSeenBefore()
    {
        await using TestConsole console = await StartAsync(Environments.Development);
        await console.Use<FillDemo>().RunAsync(Caller.System, Cancel);

        Assert.Equal(ReporterStanding.UsuallyRight, await StandingAsync(console, "alder"));
        Assert.Equal(ReporterStanding.Mixed, await StandingAsync(console, "birch"));
        Assert.Equal(ReporterStanding.OftenWrong, await StandingAsync(console, "gorse"));
        Assert.True(await console.ReadAsync(db => db.Set<CaseComment>().CountAsync(Cancel)) >= 3);
        Assert.Equal(2, await console.ReadAsync(db => db.Set<Notice>().CountAsync(row => row.State == NoticeState.Running, Cancel)));
        Assert.True(await console.ReadAsync(db => db.Set<ItemVersion>().Where(row => row.TextKey != null).GroupBy(row => row.TextKey).AnyAsync(rows => rows.Count() > 1, Cancel)));
    }

    private static async Task<ReporterStanding> StandingAsync(TestConsole console, string reporter)
    {
        List<Verdict> verdicts = await console.ReadAsync(db => (
            from report in db.Set<Report>()
            join about in db.Set<Case>() on report.CaseNumber equals about.Number
            join decision in db.Set<Decision>() on about.DecisionId equals decision.Id
            where report.ReporterId == reporter
            select decision.Verdict).ToListAsync(Cancel));
        return new ReporterRecord(verdicts.Count(verdict => verdict == Verdict.Violation), verdicts.Count).Standing;
    }

    [Theory]
    [InlineData("Production", "true")]
    [InlineData("Development", "false")]
    public async Task Elsewhere_OrSwitchedOff_MakesNobody(string environment, string enabled)
    {
        await using TestConsole console = await StartAsync(environment, enabled);

        Assert.Null(await console.Use<FillDemo>().RunAsync(Caller.System, Cancel));
        Assert.Equal(0, await console.ReadAsync(db => db.Set<Moderator>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Reset_WhileAConsoleRuns_TouchesNothing()
    {
        await using TestConsole console = await StartAsync(Environments.Development);
        await console.Use<FillDemo>().RunAsync(Caller.System, Cancel);
        await using ConsoleDbContext open = await console.Contexts.CreateDbContextAsync(Cancel);
        await open.Database.OpenConnectionAsync(Cancel);

        Assert.False(ClearDemo.Clear(console.Get<DatabaseOptions>()));
        Assert.True(await console.ReadAsync(db => db.Set<Moderator>().AnyAsync(Cancel)));
    }

    [Fact]
    public async Task Reset_NoDemoThere_TouchesNothing()
    {
        await using TestConsole console = await StartAsync(Environments.Production);

        Assert.False(ClearDemo.Clear(console.Get<DatabaseOptions>()));
        Assert.True(File.Exists(Path.Combine(console.DataDirectory, "console.db")));
    }

    private static Task<TestConsole> StartAsync(string environment, string enabled = "true") => TestConsole.StartAsync(
        new Dictionary<string, string?> { ["Demo:Enabled"] = enabled },
        services => services.AddSingleton<IHostEnvironment>(new Surroundings(environment)));

    private sealed class Surroundings(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
