"""What JupyterLab shows: the only place with ipywidgets and anywidget."""
