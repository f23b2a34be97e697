using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Second;

/// <summary>How answering a request for a role ended.</summary>
public enum RoleRequestResult
{
    /// <summary>Given, or not, as was answered.</summary>
    Answered,

    /// <summary>There is none, or it was answered before.</summary>
    Gone,

    /// <summary>Nobody agrees to what they asked for themselves, nor to a role of their own.</summary>
    NotYours,

    /// <summary>Whoever asked may not give roles any more.</summary>
    AskerGone,

    /// <summary>The role was retired, or the person is gone.</summary>
    NotGrantable,

    /// <summary>The person would hold what is to stay apart.</summary>
    Apart,

    /// <summary>The caller must first prove again who they are: agreeing gives a role.</summary>
    ProveFirst,
}

/// <summary>Agrees to a role that another administrator asked for, which gives it, or refuses it. Whoever asked can take it back.</summary>
[Requires(Permission.ManagePeople)]
public sealed class AnswerRoleRequest(WritePath writes, IAccessGuard guard, IRecentProof proof, Separation separation) : IUseCase
{
    /// <summary>Answers.</summary>
    public async Task<RoleRequestResult> RunAsync(Caller caller, Guid requestId, bool agree, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AnswerRoleRequest>(caller, cancellationToken).ConfigureAwait(false);
        if (agree && !await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return RoleRequestResult.ProveFirst;
        }

        return await writes.RunAsync((scope, cancel) => AnswerAsync(scope, caller, requestId, agree, cancel), cancellationToken).ConfigureAwait(false);
    }

    private async Task<RoleRequestResult> AnswerAsync(WriteScope scope, Caller caller, Guid requestId, bool agree, CancellationToken cancellationToken)
    {
        RoleRequest? request = await scope.Db.Set<RoleRequest>().SingleOrDefaultAsync(row => row.Id == requestId && row.State == RoleRequestState.Waiting, cancellationToken)
            .ConfigureAwait(false);
        if (request is null)
        {
            return RoleRequestResult.Gone;
        }

        if (caller.Kind != CallerKind.Person || caller.Id == request.PersonId || (agree && caller.Id == request.AskedBy))
        {
            return RoleRequestResult.NotYours;
        }

        string role = await scope.Db.Roles.Where(row => row.Id == request.RoleId).Select(row => row.Name!).SingleAsync(cancellationToken).ConfigureAwait(false);
        if (agree && await GiveAsync(scope, caller, request, role, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        (request.State, request.AnsweredBy, request.AnsweredAt) = (agree ? RoleRequestState.Given : RoleRequestState.Refused, caller.Id, scope.Now);
        scope.Record(caller, AuditAct.RoleAnswered, subject: request.PersonId.ToString(), details: new Dictionary<string, object?>
        {
            ["role"] = role,
            ["agreed"] = agree,
            ["askedBy"] = request.AskedBy,
        });
        await scope.TellAdministratorsAsync(cancellationToken).ConfigureAwait(false);
        return RoleRequestResult.Answered;
    }

    private async Task<RoleRequestResult?> GiveAsync(WriteScope scope, Caller caller, RoleRequest request, string role, CancellationToken cancellationToken)
    {
        if (!await scope.Db.PeopleHolding(Permission.ManagePeople).AnyAsync(person => person.Id == request.AskedBy, cancellationToken).ConfigureAwait(false))
        {
            return RoleRequestResult.AskerGone;
        }

        Moderator person = await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == request.PersonId, cancellationToken).ConfigureAwait(false);
        if (person.Disabled || !(await RoleChange.GrantableAsync(scope, [role], cancellationToken).ConfigureAwait(false)).Contains(role))
        {
            return RoleRequestResult.NotGrantable;
        }

        string[] roles = [.. await scope.RolesOfAsync(person.Id, cancellationToken).ConfigureAwait(false), role];
        if (await separation.ForbidsAsync(scope, person.Id, roles, cancellationToken).ConfigureAwait(false))
        {
            return RoleRequestResult.Apart;
        }

        RoleChange change = await RoleChange.ToAsync(scope, person.Id, roles, cancellationToken).ConfigureAwait(false);
        if (await change.ApplyAsync(scope, caller, cancellationToken).ConfigureAwait(false))
        {
            scope.Touch(person);
            scope.TellOf(person.Id, PersonChange.Access, guard);
        }

        return null;
    }
}
