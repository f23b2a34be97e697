// Each verb measures one hot path and prints one line of JSON a run; a verb arrives with the path it measures.
await Console.Error.WriteLineAsync("Usage: dotnet run -c Release --project tests/ModerationConsole.Benchmarks -- VERB [options]");
await Console.Error.WriteLineAsync("Verbs: none yet.");
return 2;
