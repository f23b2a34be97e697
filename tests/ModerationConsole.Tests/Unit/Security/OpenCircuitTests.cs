using System.Data.Common;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Core.People.SingleSignOn;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Tests.Unit.Security;

/// <summary>How many pages one person may have open, and what becomes of them while nobody can be asked.</summary>
public sealed class OpenCircuitTests : IDisposable
{
    private readonly IOptions<SecurityOptions> _options = Options.Create(new SecurityOptions { CircuitsPerPerson = 2 });
    private readonly List<CircuitAuthentication> _opened = [];
    private readonly CircuitRegistry _registry;
    private readonly SessionsSeen _seen = new(null!, TimeProvider.System, NullLogger<SessionsSeen>.Instance);

    public OpenCircuitTests() => _registry = new CircuitRegistry(new CaseFeed(), _options, NullLogger<CircuitRegistry>.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PageBeyondTheMost_EndsTheOldestOfThatPersonAlone()
    {
        Session person = Someone();
        (CircuitAuthentication other, _) = await OpenAsync(Someone());
        (CircuitAuthentication oldest, _) = await OpenAsync(person);
        (CircuitAuthentication second, _) = await OpenAsync(person);
        Assert.Null(oldest.Ended);

        (CircuitAuthentication newest, _) = await OpenAsync(person);

        CircuitEnd?[] ended = [oldest.Ended, second.Ended, newest.Ended, other.Ended];
        Assert.Equal([CircuitEnd.TooMany, null, null, null], ended);
        bool[] known = [await KnowsAsync(oldest), await KnowsAsync(second), await KnowsAsync(newest), await KnowsAsync(other)];
        Assert.Equal([false, true, true, true], known);
        Assert.Equal((3, 2), (_registry.Count, _registry.People));
    }

    [Fact]
    public async Task PageClosed_MakesRoomForAnother()
    {
        Session person = Someone();
        (CircuitAuthentication first, _) = await OpenAsync(person);
        (_, RegisteredCircuit closing) = await OpenAsync(person);
        await closing.OnCircuitClosedAsync(null!, Cancel);

        await OpenAsync(person);

        Assert.Null(first.Ended);
        Assert.Equal(2, _registry.Count);
    }

    [Fact]
    public async Task SessionThatCannotBeChecked_GoesOn()
    {
        (CircuitAuthentication open, _) = await OpenAsync(Someone());

        await open.RefreshAsync();

        Assert.Null(open.Ended);
        Assert.True(await KnowsAsync(open));
    }

    public void Dispose()
    {
        foreach (IDisposable opened in _opened)
        {
            opened.Dispose();
        }

        _registry.Dispose();
        _seen.Dispose();
    }

    private static Session Someone() => new(Guid.CreateVersion7(), Guid.CreateVersion7(), "stamp", "Someone");

    private static async Task<bool> KnowsAsync(CircuitAuthentication circuit) => (await circuit.GetAuthenticationStateAsync()).User.ToSession() is not null;

    // As the framework does: the circuit is told whose it is, then its handlers hear that it is open.
    private async Task<(CircuitAuthentication Authentication, RegisteredCircuit Handler)> OpenAsync(Session person)
    {
        SessionCheck sessions = new(
            new DatabaseAway(), _seen, Options.Create(new SessionOptions()), Options.Create(new SingleSignOnOptions()), Options.Create(new SecondFactorOptions()),
            TimeProvider.System);
        CircuitAuthentication authentication = new(NullLoggerFactory.Instance, sessions, _options);
        _opened.Add(authentication);
        authentication.SetAuthenticationState(Task.FromResult(new AuthenticationState(person.ToPrincipal())));
        RegisteredCircuit handler = new(_registry, authentication, sessions);
        await handler.OnCircuitOpenedAsync(null!, Cancel);
        return (authentication, handler);
    }

    private sealed class DatabaseAway : IDbContextFactory<ConsoleDbContext>
    {
        public ConsoleDbContext CreateDbContext() => throw new Unreachable();
    }

    private sealed class Unreachable : DbException;
}
