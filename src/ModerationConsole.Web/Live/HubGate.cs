using System.Security.Claims;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Web.Security;
using ModerationConsole.Web.Security.SingleSignOn;

namespace ModerationConsole.Web.Live;

/// <summary>What a client of the hub is told about.</summary>
[Flags]
public enum Hearing
{
    Nothing = 0,
    Cases = 1,
    Queues = 2,

    /// <summary>Child-safety cases too.</summary>
    ChildSafety = 4,
}

/// <summary>Answers what a client may hear at this moment; nothing once its session or key is over.</summary>
public sealed class HubGate(IAccessGuard guard, SessionCheck sessions, ApiKeyCheck keys, ServiceClients services)
{
    /// <summary>Asks the core, each time.</summary>
    public async Task<Hearing> HearsAsync(ClaimsPrincipal? client, CancellationToken cancellationToken)
    {
        if (client.ToSession() is { } session)
        {
            return await sessions.IsCurrentAsync(session, cancellationToken)
                ? From(await guard.PermissionsOfAsync(session.ToCaller(), cancellationToken))
                : Hearing.Nothing;
        }

        return client.ToProgram() switch
        {
            { Kind: CallerKind.Service } service => From(services.ScopesOf(service.Id)),
            { } program => From(await keys.ScopesOfAsync(program.Id, client!.ProgramAddress(), cancellationToken)),
            null => Hearing.Nothing,
        };
    }

    private static Hearing From(IReadOnlySet<Permission> may)
    {
        bool program = may.Contains(Permission.ReadCases);
        Hearing hearing = Hearing.Nothing;
        hearing |= program || may.Contains(Permission.ViewCases) ? Hearing.Cases : Hearing.Nothing;
        hearing |= program || may.Contains(Permission.ViewQueues) ? Hearing.Queues : Hearing.Nothing;
        return hearing != Hearing.Nothing && may.Contains(Permission.ChildSafety) ? hearing | Hearing.ChildSafety : hearing;
    }
}
