using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Audit;

/// <summary>Short words for what tests of the sealed audit do.</summary>
internal static class SealSteps
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Records so many entries, a hundred in a transaction.</summary>
    public static async Task RecordAsync(this TestConsole console, int count, long? caseNumber = null)
    {
        for (int done = 0; done < count; done += 100)
        {
            int here = Math.Min(100, count - done);
            await console.WriteAsync(scope =>
            {
                for (int i = 0; i < here; i++)
                {
                    scope.Record(Caller.System, AuditAct.QueueChanged, caseNumber, subject: $"q-{i}", details: new Dictionary<string, object?> { ["code"] = i });
                }

                return Task.FromResult(0);
            });
        }
    }

    /// <summary>Seals what waits, a second after the last head, and until a head covers it all.</summary>
    public static async Task SealAsync(this TestConsole console)
    {
        do
        {
            console.Clock.Advance(TimeSpan.FromSeconds(2));
        }
        while (await console.Get<SealAudit>().RunOnceAsync(Cancel));
    }

    public static Task<AuditVerification> VerifyAsync(this TestConsole console, long from = 0) =>
        console.Use<VerifyAudit>().RunAsync(Caller.System, from, null, Cancel);

    public static Task<int> CountAsync<T>(this TestConsole console)
        where T : class => console.ReadAsync(db => db.Set<T>().CountAsync(Cancel));

    public static Task<List<AuditLeaf>> LeavesAsync(this TestConsole console) =>
        console.ReadAsync(db => db.Set<AuditLeaf>().AsNoTracking().OrderBy(leaf => leaf.Index).ToListAsync(Cancel));

    public static Task<List<AuditTreeHead>> HeadsAsync(this TestConsole console) =>
        console.ReadAsync(db => db.Set<AuditTreeHead>().AsNoTracking().OrderBy(head => head.Size).ToListAsync(Cancel));

    /// <summary>Does to the database what the console never does: triggers off, then a statement that changes one row.</summary>
    public static async Task TamperAsync(this TestConsole console, string table, string statement)
    {
        await console.ReadAsync(async db =>
        {
            foreach (string act in new[] { "update", "delete" })
            {
                string drop = $"DROP TRIGGER IF EXISTS tr_{table}_{act}";
                await db.Database.ExecuteSqlRawAsync(drop, Cancel);
            }

            Assert.Equal(1, await db.Database.ExecuteSqlRawAsync(statement, Cancel));
            return 0;
        });
    }

    /// <summary>That this and nothing else is wrong.</summary>
    public static void AssertOnly(AuditVerification found, params (AuditFault Fault, long Number)[] expected)
    {
        Assert.Equal(expected.Order(), found.Findings.Select(finding => (finding.Fault, finding.Number)).Order());
        Assert.Equal(expected.Length == 0, found.IsWhole);
    }
}
