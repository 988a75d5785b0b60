using OpencodeOtel.Cli.Commands;
using OpencodeOtel.Cli.Running;

return await CommandLine.RunAsync(args, new CommandContext());
