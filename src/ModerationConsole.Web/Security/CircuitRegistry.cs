using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Web.Security;

/// <summary>Knows the open circuits of this node by person: to end them, to refresh them, to count them.</summary>
public sealed partial class CircuitRegistry(CaseFeed feed, IOptions<SecurityOptions> options, ILogger<CircuitRegistry> log) : IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, List<CircuitAuthentication>> _byPerson = [];
    private IDisposable? _watching;

    /// <summary>How many circuits are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byPerson.Values.Sum(circuits => circuits.Count);
            }
        }
    }

    /// <summary>How many different people have a circuit open.</summary>
    public int People
    {
        get
        {
            lock (_gate)
            {
                return _byPerson.Count;
            }
        }
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watching = feed.Subscribe(
            change => change is { Kind: LiveKind.PersonChanged, PersonId: not null },
            changes => Refresh(changes.Any(change => change.PersonId is null) ? Everyone() : [.. changes.Select(change => change.PersonId!.Value).Distinct()]));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => _watching?.Dispose();

    internal void Add(Guid personId, CircuitAuthentication circuit)
    {
        CircuitAuthentication? surplus = null;
        lock (_gate)
        {
            if (!_byPerson.TryGetValue(personId, out List<CircuitAuthentication>? circuits))
            {
                _byPerson[personId] = circuits = [];
            }

            circuits.Add(circuit);
            if (circuits.Count > options.Value.CircuitsPerPerson)
            {
                // The oldest goes: the person is looking at the newest.
                surplus = circuits[0];
                circuits.RemoveAt(0);
            }
        }

        surplus?.End(CircuitEnd.TooMany);
    }

    internal void Remove(Guid personId, CircuitAuthentication circuit)
    {
        lock (_gate)
        {
            if (_byPerson.TryGetValue(personId, out List<CircuitAuthentication>? circuits) && circuits.Remove(circuit) && circuits.Count == 0)
            {
                _byPerson.Remove(personId);
            }
        }
    }

    private Guid[] Everyone()
    {
        lock (_gate)
        {
            return [.. _byPerson.Keys];
        }
    }

    // The feed must not wait for databases.
    private void Refresh(Guid[] people) => _ = Task.Run(async () =>
    {
        foreach (Guid person in people)
        {
            CircuitAuthentication[] circuits;
            lock (_gate)
            {
                circuits = _byPerson.TryGetValue(person, out List<CircuitAuthentication>? open) ? [.. open] : [];
            }

            foreach (CircuitAuthentication circuit in circuits)
            {
                try
                {
                    await circuit.RefreshAsync();
                }
#pragma warning disable CA1031 // one circuit's trouble must not keep the others open; the check of each minute tries again
                catch (Exception error)
#pragma warning restore CA1031
                {
                    LogFault(error.GetType().Name);
                }
            }
        }
    });

    [LoggerMessage(Level = LogLevel.Warning, Message = "An open page's session could not be checked ({Error}); it is tried again within a minute")]
    private partial void LogFault(string error);
}

/// <summary>Enters a circuit in the registry while it is open.</summary>
internal sealed class RegisteredCircuit(CircuitRegistry registry, AuthenticationStateProvider authentication, SessionCheck sessions) : CircuitHandler
{
    private Guid? _personId;
    private Session? _session;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        AuthenticationState state = await authentication.GetAuthenticationStateAsync();
        if (state.User.ToSession() is { } session && authentication is CircuitAuthentication open)
        {
            (_personId, _session) = (session.PersonId, session);
            registry.Add(session.PersonId, open);
        }
    }

    // A page that comes back names its circuit by a secret. Whoever else learns it ends the circuit and gets nothing of it.
    // One that was taken before its page was drawn ends here too: then the page's own person asks, and it is no more theirs.
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) =>
        CircuitOwners.Asking.ToSession()?.PersonId == _session?.PersonId
            ? Task.CompletedTask
            : throw new UnauthorizedAccessException("A circuit goes on for the person who began it.");

    // Keys, clicks and what else a person does on an open page, which asks for nothing by HTTP.
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        async context =>
        {
            if (_session is { } session)
            {
                sessions.Used(session);
            }

            await next(context);
        };

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_personId is { } person && authentication is CircuitAuthentication open)
        {
            registry.Remove(person, open);
        }

        return Task.CompletedTask;
    }
}
