using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Figures;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Figures;

public sealed class FiguresExportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_OfALead_HoldsTheFiguresAndIsInTheAudit()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        FigureRoom room = await FigureRoom.OpenAsync(console);
        await console.WriteAsync(async scope => (await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == room.First.Id, Cancel)).DisplayName = "=HYPERLINK(\"x\")");

        string table = Encoding.UTF8.GetString((await console.Use<ExportQualityFigures>().RunAsync(room.Lead, new QualityQuestion(), Cancel))!);

        string[] lines = table.Split("\r\n");
        Assert.Equal("\uFEFFfigure,id,name,period,n,value,low,high,wrong,decisions,represented,note", lines[0]);
        string accuracy = Assert.Single(lines, line => line.StartsWith("accuracy,", StringComparison.Ordinal));
        Assert.StartsWith("accuracy,,,2026-02-03/2026-03-02,80,0.92", accuracy, StringComparison.Ordinal);
        Assert.EndsWith(",10,1250,0.8,", accuracy, StringComparison.Ordinal);
        // A spreadsheet must not run a name.
        string person = Assert.Single(lines, line => line.Contains("HYPERLINK", StringComparison.Ordinal));
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", person, StringComparison.Ordinal);
        Assert.EndsWith(",40,,,,8,200,1,too few", person, StringComparison.Ordinal);
        AuditEntry entry = await console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.QualityExported, Cancel));
        Assert.Equal(room.Lead.Id, entry.ActorId);
        Assert.Contains("\"judged\":80", entry.Details, StringComparison.Ordinal);
        string pseudonym = await console.ReadAsync(db => db.Set<Moderator>().Where(row => row.Id == room.Lead.Id).Select(row => row.Pseudonym).SingleAsync(Cancel));
        Assert.StartsWith($"exported,{entry.Id},{pseudonym},{entry.At:O},80,", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_OfAModerator_AreRefused()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller moderator = await console.PersonAsync();

        await Assert.ThrowsAsync<PermissionDeniedException>(() => console.Use<ReadQualityFigures>().RunAsync(moderator, new QualityQuestion(), Cancel));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => console.Use<ExportQualityFigures>().RunAsync(moderator, new QualityQuestion(), Cancel));

        Assert.False(await console.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(row => row.Act == AuditAct.QualityExported, Cancel)));
    }

    [Fact]
    public async Task Download_ByItsAddress_IsForThoseWhoRunQuality()
    {
        await using WebConsole console = await WebConsole.StartAsync();
        (Visitor leading, _) = await Visitor.SignedInAsync(console, Roles.Lead);
        using Visitor lead = leading;
        (Visitor working, _) = await Visitor.SignedInAsync(console, Roles.Moderator);
        using Visitor moderator = working;

        using HttpResponseMessage given = await lead.GetAsync("/quality/figures.csv?days=90&policy=pol_none&queue=nonsense");
        using HttpResponseMessage refused = await moderator.GetAsync("/quality/figures.csv");

        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        Assert.Equal(("text/csv", "quality.csv", "no-store"), (given.Content.Headers.ContentType?.MediaType, given.Content.Headers.ContentDisposition?.FileName, given.Headers.CacheControl?.ToString()));
        Assert.Contains("accuracy,,,", await given.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        Assert.Equal(1, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.QualityExported, Cancel)));
    }
}
