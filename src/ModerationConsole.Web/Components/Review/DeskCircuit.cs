using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ModerationConsole.Web.Components.Review;

/// <summary>Tells the desk on a circuit when the line to its page is lost and when it is back.</summary>
public sealed class DeskCircuit : CircuitHandler
{
    private DeskSession? _desk;
    private Func<Func<Task>, Task>? _onPage;

    /// <summary>A desk is open on this circuit.</summary>
    public void Enter(DeskSession desk, Func<Func<Task>, Task> onPage)
    {
        _desk = desk;
        _onPage = onPage;
    }

    /// <summary>The desk is closed.</summary>
    public void Leave(DeskSession desk)
    {
        if (_desk == desk)
        {
            _desk = null;
            _onPage = null;
        }
    }

    /// <inheritdoc />
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) =>
        _desk is { } desk && _onPage is { } onPage ? onPage(desk.LineLostAsync) : Task.CompletedTask;

    /// <inheritdoc />
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) =>
        _desk is { } desk && _onPage is { } onPage ? onPage(desk.LineBackAsync) : Task.CompletedTask;
}
