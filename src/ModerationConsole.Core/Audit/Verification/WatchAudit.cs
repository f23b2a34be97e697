using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Verification;

/// <summary>What this node last found when it verified the audit by itself.</summary>
/// <param name="At">When it did, UTC.</param>
/// <param name="Found">What it found. <see cref="AuditVerification.From"/> says how far back it looked.</param>
public sealed record AuditCheck(DateTimeOffset At, AuditVerification Found);

/// <summary>
/// Verifies the newest head and the recent stretch of the audit each minute, so that a change there is noticed the same day it is
/// made. What is older is verified by the verb.
/// </summary>
public sealed partial class WatchAudit(
    IDbContextFactory<ConsoleDbContext> contexts, VerifyAudit verify, TimeProvider clock, ILogger<WatchAudit> log) : BackgroundService
{
    /// <summary>How many of the newest entries are recomputed each time, at least.</summary>
    public const int Recent = 20_000;

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    private volatile AuditCheck? _last;

    /// <summary>What was last found; null before the first time.</summary>
    public AuditCheck? Last => _last;

    /// <summary>Verifies now.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        long from = await FromAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset at = clock.Now();
        AuditVerification found = await verify.RunAsync(Caller.System, from, null, cancellationToken).ConfigureAwait(false);
        if (!found.IsWhole && _last?.Found.Wrong != found.Wrong)
        {
            LogWrong(found.Wrong, found.Findings[0].Fault, found.Findings[0].What, found.Findings[0].Number);
        }

        _last = new AuditCheck(at, found);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(s_first, clock, stoppingToken).ConfigureAwait(false);
            while (true)
            {
                try
                {
                    await RunOnceAsync(stoppingToken).ConfigureAwait(false);
                }
#pragma warning disable CA1031 // the database may be gone for a while; the next time tells more
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    LogFault(error.GetType().Name);
                }

                await Task.Delay(s_every, clock, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    // From a head on: its successors prove that what lies before is as it was signed. Nothing that came since the last time is left out.
    private async Task<long> FromAsync(CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            long newest = await db.Set<AuditTreeHead>().MaxAsync(head => (long?)head.Size, cancellationToken).ConfigureAwait(false) ?? 0;
            long most = Math.Min(newest - Recent, _last?.Found.Head?.Size ?? newest);
            return await db.Set<AuditTreeHead>().Where(head => head.Size <= most).MaxAsync(head => (long?)head.Size, cancellationToken).ConfigureAwait(false) ?? 0;
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The audit is not what was sealed: {Wrong} things are wrong, the first is {Fault} at {What} {Number}; run 'audit verify'")]
    private partial void LogWrong(long wrong, AuditFault fault, string what, long number);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit could not be verified ({Error}); trying again in a minute")]
    private partial void LogFault(string error);
}
