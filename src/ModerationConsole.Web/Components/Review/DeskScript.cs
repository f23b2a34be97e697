using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What happens in the page itself: keys, typing, presence. The page handles them; this is only the wire.</summary>
public sealed class DeskScript(IJSRuntime script) : IAsyncDisposable
{
    private readonly List<IJSObjectReference> _open = [];
    private IJSObjectReference? _keys;
    private IJSObjectReference? _fields;

    /// <summary>Begins to listen on the desk's root element.</summary>
    /// <param name="addressOf">Address of a script by its name, with its fingerprint.</param>
    public async Task AttachAsync<TPage>(ElementReference root, DotNetObjectReference<TPage> page, Func<string, string> addressOf, LeaseOptions lease, DeskKeys map)
        where TPage : class
    {
        ArgumentNullException.ThrowIfNull(addressOf);
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(map);
        // Side by side: on a slow line the keys would otherwise be dead for seconds after the case is drawn.
        Task<IJSObjectReference> keys = OpenAsync(addressOf("js/desk-keys.js"), "attach", root, page, ScriptJson.Pack(new { map = map.Chords, singleKeys = map.SingleKeys }));
        Task<IJSObjectReference> fields = OpenAsync(addressOf("js/desk-fields.js"), "watchFields", root, page);
        Task<IJSObjectReference> presence = OpenAsync(addressOf("js/presence.js"), "watch", page, ScriptJson.Pack(new { heartbeatMs = lease.HeartbeatSeconds * 1_000 }));
        try
        {
            _keys = await keys;
            _fields = await fields;
            await presence;
        }
        catch (Exception error) when (IsGone(error))
        {
            // The page was closed while it opened.
        }
    }

    /// <summary>Another case was drawn, or none.</summary>
    public Task SetTaskAsync(long? task, long? fence) => CallAsync(_keys, "setTask", task is null ? null : ScriptJson.Pack(new { task, fence }));

    /// <summary>The person changed their keys.</summary>
    public async Task SetKeysAsync(DeskKeys map)
    {
        ArgumentNullException.ThrowIfNull(map);
        await CallAsync(_keys, "setMap", map.Chords);
        await CallAsync(_keys, "setSingleKeys", map.SingleKeys);
    }

    /// <summary>Another case was drawn, or none: what the page keeps of it in this tab begins anew. Words of a case that was lost may stay.</summary>
    public Task KeepAsync(long? task, long? fence, string title, bool keepWords) =>
        CallAsync(_fields, "drawn", task is null ? null : ScriptJson.Pack(new { task, fence, title }), ScriptJson.Flag(keepWords));

    /// <summary>What the page before this one had on the screen, if no case came back; told once.</summary>
    public async Task<CaseBefore?> LeftBehindAsync()
    {
        try
        {
            return _fields is null ? null : ScriptJson.Unpack<CaseBefore>(await _fields.InvokeAsync<string?>("leftBehind"));
        }
        catch (Exception error) when (IsGone(error))
        {
            return null;
        }
    }

    /// <summary>How the desk stood between two cases in the page before this one; null where this person had none in this tab. Told once.</summary>
    public async Task<BetweenCases?> BetweenAsync(Guid person)
    {
        try
        {
            return _fields is null ? null : ScriptJson.Unpack<BetweenCases>(await _fields.InvokeAsync<string?>("between", ScriptJson.Text(person.ToString())));
        }
        catch (Exception error) when (IsGone(error))
        {
            return null;
        }
    }

    /// <summary>What stands in the fields at this moment.</summary>
    public async Task<Dictionary<string, string>?> FieldsAsync()
    {
        try
        {
            return _fields is null ? null : ScriptJson.Unpack<Dictionary<string, string>>(await _fields.InvokeAsync<string?>("read"));
        }
        catch (Exception error) when (IsGone(error))
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (IJSObjectReference listener in _open)
        {
            await CallAsync(listener, "dispose");
            try
            {
                await listener.DisposeAsync();
            }
            catch (Exception error) when (IsGone(error))
            {
                // The page took it with it.
            }
        }
    }

    private async Task<IJSObjectReference> OpenAsync(string address, string function, params object?[] arguments)
    {
        // Let go of, a module would be named by its number, a type of which the circuit has learnt nothing so far (ScriptJson); the page keeps it anyway.
        IJSObjectReference module = await script.InvokeAsync<IJSObjectReference>("import", ScriptJson.Text(address));
        IJSObjectReference listener = await module.InvokeAsync<IJSObjectReference>(function, arguments);
        _open.Add(listener);
        return listener;
    }

    private static async Task CallAsync(IJSObjectReference? target, string function, params object?[] arguments)
    {
        try
        {
            if (target is not null)
            {
                await target.InvokeVoidAsync(function, arguments);
            }
        }
        catch (Exception error) when (IsGone(error))
        {
            // The page was closed meanwhile: there is nobody left to tell.
        }
    }

    private static bool IsGone(Exception error) => error is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;
}
