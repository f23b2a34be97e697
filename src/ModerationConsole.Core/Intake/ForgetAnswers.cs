using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Intake;

/// <summary>Forgets what was answered to requests so long ago that nobody sends them again. Changes nothing that they did.</summary>
public sealed class ForgetAnswers(WritePath writes, TimeProvider clock, ILogger<ForgetAnswers> log) : PeriodicWork(s_period, clock, log)
{
    /// <summary>How long an Idempotency-Key is honoured.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(48);

    private static readonly TimeSpan s_period = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public override Task RunOnceAsync(CancellationToken cancellationToken) => writes.RunAsync(
        (scope, cancel) =>
        {
            DateTimeOffset before = scope.Now - KeptFor;
            return scope.Db.Set<AnsweredRequest>().Where(row => row.At < before).ExecuteDeleteAsync(cancel);
        },
        cancellationToken);
}
