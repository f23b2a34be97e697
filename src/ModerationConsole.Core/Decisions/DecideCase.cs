using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>Decides the task that a person has on the screen, and it alone.</summary>
[Requires(Permission.ReviewCases)]
public sealed class DecideCase(WritePath writes, IAccessGuard guard, DecisionMaking making) : IUseCase
{
    private static readonly DecideForesight s_foresight = new();

    /// <summary>Decides once; sent again it answers with the same decision.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not review, or not this kind of case.</exception>
    public async Task<DecideResult> RunAsync(Caller caller, DecideCommand command, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<DecideCase>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(command);
        if (DecisionCheck.RefusalOf(command) is { } refusal)
        {
            return new DecideResult(refusal);
        }

        DecideCommand clean = DecisionMaking.Clean(command);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            (scope, token) => DecideAsync(scope, caller, clean, held, token), new Foreseen(s_foresight, new DecideAsk(caller, clean, held.Contains(Permission.ChildSafety))), cancellationToken, DecideLane.Lane)
            .ConfigureAwait(false);
    }

    private async Task<DecideResult> DecideAsync(
        WriteScope scope, Caller caller, DecideCommand command, IReadOnlySet<Permission> held, CancellationToken cancellationToken)
    {
        // A task drawn ahead is not on the screen: no key can be meant for it.
        if (await scope.HeldAsync(caller.Id, command.TaskNumber, command.Fence, cancellationToken).ConfigureAwait(false)
            is not { Lease.Slot: LeaseSlot.Shown } mine)
        {
            return await AnswerAgain.ReadAsync(scope, caller.Id, command, cancellationToken).ConfigureAwait(false);
        }

        (ReadyDecision? ready, DecideResult? refusal) = await DecisionMaking.CheckAsync(
            scope, command, mine.Lease, mine.Task, held, cancellationToken).ConfigureAwait(false);
        return ready is null ? refusal! : await making.MakeAsync(scope, caller, ready, held, seat: null, cancellationToken).ConfigureAwait(false);
    }
}
