namespace ModerationConsole.Web.Components.Shared;

/// <summary>
/// Has the person at the page prove who they are, over whatever stands there, and then goes on with what they wanted: nothing that
/// they typed is lost. One a circuit; the layout shows the question.
/// </summary>
public sealed class ProofAsk
{
    private TaskCompletionSource<bool>? _asked;

    /// <summary>Raised when the question is to be shown or taken away.</summary>
    public event Action? Changed;

    /// <summary>Whether it is asked now.</summary>
    public bool Asked => _asked is not null;

    /// <summary>Runs a command; where it asks for a proof, asks the person and runs it once more.</summary>
    /// <param name="asks">Whether an outcome asks for a proof.</param>
    public async Task<T> WithAsync<T>(Func<Task<T>> command, Func<T, bool> asks)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(asks);
        T outcome = await command();
        return asks(outcome) && await AskAsync() ? await command() : outcome;
    }

    /// <summary>The person answered, or would not.</summary>
    public void Answer(bool proved)
    {
        TaskCompletionSource<bool>? asked = _asked;
        _asked = null;
        Changed?.Invoke();
        asked?.TrySetResult(proved);
    }

    private Task<bool> AskAsync()
    {
        _asked ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Changed?.Invoke();
        return _asked.Task;
    }
}
